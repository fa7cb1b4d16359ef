"""What a correction can serve: the findings of the clip and of the profile, by key."""

CLIP_FINDINGS: dict[str, str] = {
    "overstride": "Where the foot lands",
    "cadence": "Cadence",
    "trunk_lean": "Trunk lean",
    "upper_body": "Head and upper back",
    "foot_strike": "Foot strike",
    "knee_flexion": "Knee bend",
    "hip_extension": "Hip extension",
    "pelvic_tilt": "Pelvis",
    "bounce": "Bounce",
    "contact_time": "Contact time",
    "symmetry": "Left and right",
    "arm_swing": "Arms",
}

PROFILE_FINDINGS: dict[str, str] = {
    "pain_urgent": "Signs to have checked",
    "pain_pattern": "Your back pain",
    "condition": "Known back conditions",
    "weekly_increase": "Weekly distance",
    "restart_distance": "Coming back after a break",
    "rest": "Rest between runs",
    "cross_training": "Cross-training",
    "shoes": "Shoes",
    "surfaces": "Surfaces",
    "strength": "Strength training",
    "core_strength": "Core strength",
    "warm_up": "Warm-up",
    "cool_down": "Cool-down",
    "flexibility": "Flexibility",
    "sitting": "Sitting",
    "posture": "Posture",
    "sleep": "Sleep",
    "hydration": "Food and drink",
}

GENERAL = "general"

FINDING_LABELS: dict[str, str] = {**CLIP_FINDINGS, **PROFILE_FINDINGS, GENERAL: "In general"}
