"""The studies behind the reference ranges and the sentences on evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Paper:
    """One study: ``short`` as cited in a sentence, ``citation`` for the list of sources."""

    paper_id: str
    short: str
    citation: str
    url: str = ""


def _doi(paper_id: str, short: str, citation: str, doi: str) -> Paper:
    return Paper(paper_id, short, citation, f"https://doi.org/{doi}")


_ALL = (
    _doi(
        "arellano-2014",
        "Arellano & Kram 2014",
        "Arellano CJ, Kram R. The metabolic cost of human running: is swinging the arms worth "
        "it? J Exp Biol 2014;217:2456-2461.",
        "10.1242/jeb.100420",
    ),
    _doi(
        "dingenen-2018",
        "Dingenen 2018",
        "Dingenen B, Barton C, Janssen T, Benoit A, Malliaras P. Test-retest reliability of "
        "two-dimensional video analysis during running. Phys Ther Sport 2018;33:40-47.",
        "10.1016/j.ptsp.2018.06.009",
    ),
    _doi(
        "drozda-2024",
        "Drozda 2024",
        "Drozda D, Thompson Z, Vincent KR, Nixon RM, Bolling J, Vincent HK. Gait signatures of "
        "endurance runners with low back pain: a case controlled cross sectional study. "
        "Gait Posture 2024;113:184-190.",
        "10.1016/j.gaitpost.2024.06.015",
    ),
    _doi(
        "franz-2009",
        "Franz 2009",
        "Franz JR, et al. Changes in the coordination of hip and pelvis kinematics with mode "
        "of locomotion. Gait Posture 2009;29:494-498.",
        "10.1016/j.gaitpost.2008.11.011",
    ),
    _doi(
        "fukuchi-2017",
        "Fukuchi 2017",
        "Fukuchi RK, Fukuchi CA, Duarte M. A public dataset of running biomechanics and the "
        "effects of running speed on lower extremity kinematics and kinetics. PeerJ "
        "2017;5:e3298.",
        "10.7717/peerj.3298",
    ),
    Paper(
        "hamner-2013",
        "Hamner & Delp 2013",
        "Hamner SR, Delp SL. Muscle contributions to fore-aft and vertical body mass center "
        "accelerations over a range of running speeds. J Biomech 2013;46(4):780-787.",
    ),
    _doi(
        "heiderscheit-2011",
        "Heiderscheit 2011",
        "Heiderscheit BC, Chumanov ES, Michalski MP, Wille CM, Ryan MB. Effects of step rate "
        "manipulation on joint mechanics during running. Med Sci Sports Exerc "
        "2011;43(2):296-302.",
        "10.1249/MSS.0b013e3181ebedf4",
    ),
    Paper(
        "karamanidis-2005",
        "Karamanidis & Arampatzis 2005",
        "Karamanidis K, Arampatzis A. Mechanical and morphological properties of different "
        "muscle-tendon units in the lower extremity and running mechanics: effect of aging "
        "and physical activity. J Exp Biol 2005.",
    ),
    _doi(
        "lieberman-2015",
        "Lieberman 2015",
        "Lieberman DE, et al. Effects of stride frequency and foot position at landing on "
        "braking force, hip torque, impact peak force and the metabolic cost of running in "
        "humans. J Exp Biol 2015;218:3406-3414.",
        "10.1242/jeb.125500",
    ),
    _doi(
        "malisoux-2024",
        "Malisoux 2024",
        "Malisoux L, Gette P, Delattre N, Urhausen A, Theisen D. Gait asymmetry in "
        "spatiotemporal and kinetic variables does not increase running-related injury risk "
        "in lower limbs. BMJ Open Sport Exerc Med 2024;10(1):e001787.",
        "10.1136/bmjsem-2023-001787",
    ),
    Paper(
        "asymmetry-2023",
        "63 college runners, Gait & Posture 2023",
        "Study of asymmetry in collegiate cross-country runners. Gait Posture 2023 "
        "(PubMed 37187155).",
        "https://pubmed.ncbi.nlm.nih.gov/37187155/",
    ),
    _doi(
        "rodacki-2024",
        "Rodacki 2024",
        "Rodacki CLN, Monteiro CA, Paulo AC, Lima-Silva AE, Rodacki ALF. Cadence matters: "
        "influence of cadence on spinal load during running. Gait Posture 2024:528-533.",
        "10.1016/j.gaitpost.2024.07.298",
    ),
    Paper(
        "schache-2000",
        "Schache 2000",
        "Schache AG, Blanch PD, Murphy AT. Relation of anterior pelvic tilt during running to "
        "clinical and kinematic measures of hip extension. Br J Sports Med "
        "2000;34(4):279-283.",
    ),
    _doi(
        "smith-2022",
        "Smith 2022",
        "Smith JA, Stabbert H, Bagwell JJ, Teng HL, Wade V, Lee SP. Do people with low back "
        "pain walk differently? A systematic review and meta-analysis. J Sport Health Sci "
        "2022;11(4):450-465.",
        "10.1016/j.jshs.2022.02.001",
    ),
    _doi(
        "souza-2016",
        "Souza 2016",
        "Souza RB. An evidence-based videotaped running biomechanics analysis. Phys Med "
        "Rehabil Clin N Am 2016;27(1):217-236.",
        "10.1016/j.pmr.2015.08.006",
    ),
    Paper(
        "teng-2014",
        "Teng & Powers 2014",
        "Teng HL, Powers CM. Sagittal plane trunk posture influences patellofemoral joint "
        "stress during running. J Orthop Sports Phys Ther 2014;44(10):785-792.",
    ),
    _doi(
        "van-oeveren-2017",
        "van Oeveren 2017",
        "van Oeveren BT, de Ruiter CJ, Beek PJ, van Dieën JH. Optimal stride frequencies in "
        "running at different speeds. PLoS One 2017;12(10):e0184273.",
        "10.1371/journal.pone.0184273",
    ),
    _doi(
        "whitney-2022",
        "Whitney 2022",
        "Whitney KE, Sugimoto D, d'Hemecourt CA, d'Hemecourt DA, d'Hemecourt PA. Running gait "
        "biomechanics in female runners with sacroiliac joint pain. J Phys Ther Sci "
        "2022;34(4):327-334.",
        "10.1589/jpts.34.327",
    ),
    _doi(
        "wille-2014",
        "Wille 2014",
        "Wille CM, Lenhart RL, Wang S, Thelen DG, Heiderscheit BC. Ability of sagittal "
        "kinematic variables to estimate ground reaction forces and joint kinetics in "
        "running. J Orthop Sports Phys Ther 2014;44(10):825-830.",
        "10.2519/jospt.2014.5367",
    ),
)

PAPERS: Mapping[str, Paper] = MappingProxyType({paper.paper_id: paper for paper in _ALL})
