"""Two stickers on the pelvis, followed through the clip: what a pose model cannot see."""
