"""What a plan costs, all told."""

from __future__ import annotations

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.home.plan import Plan
from laag.home.plan.question import Question, comfort_low_c


def all_told_eur(asked: Question, plan: Plan) -> float:
    """What is paid, what devices wear, and less what is left at the end: each kWh and kelvin at what it will save.

    What is left counts as the plan itself counts it, at the prices of ``asked`` whatever the plan was made from, so
    that two plans of one home can be compared.
    """
    return plan.cost_eur + _worn_eur(asked, plan) + _put_off_eur(asked, plan) - _left_eur(asked, plan)


def _worn_eur(asked: Question, plan: Plan) -> float:
    worn = 0.0
    for device, kw in ((asked.house.battery, plan.battery_kw), (asked.house.charger, plan.ev_kw)):
        if device is not None:
            worn += float(np.maximum(-kw, 0.0).sum()) * PTU_HOURS * device.wear_eur_per_kwh
    return worn


def _put_off_eur(asked: Question, plan: Plan) -> float:
    """What programmes will still take after the plan."""
    later_kwh = 0.0
    for run in plan.runs:
        kw = np.array(run.job.appliance.programme_kw)
        if run.start is not None:
            later_kwh += float(kw[max(asked.count - run.start, 0) :].sum()) * PTU_HOURS
        elif run.job.deadline - len(kw) >= asked.count:
            later_kwh += run.job.appliance.energy_kwh
    return later_kwh * asked.settings.later_eur_per_kwh(asked.outlook)


def _left_eur(asked: Question, plan: Plan) -> float:
    house, outlook, worth = asked.house, asked.outlook, asked.settings
    left = 0.0
    if house.battery is not None and not worth.keep_stored:
        left += float(plan.stored_kwh[-1]) * worth.stored_at_end_eur_per_kwh(house.battery, outlook)
    if house.charger is not None and asked.stays and asked.stays[-1].departs > asked.count:
        useful_kwh = min(float(plan.ev_stored_kwh[-1]), asked.stays[-1].wanted_kwh)
        left += useful_kwh * worth.charged_at_end_eur_per_kwh(house.charger, outlook)
    if asked.heats:
        low_c = comfort_low_c(house, outlook)
        indoor_c = min(float(plan.indoor_c[-1]), float(asked.ceiling_c[-1]))
        left += indoor_c * worth.warmth_at_end_eur_per_k(house, outlook, low_c)
    if house.tank is not None:
        left += float(plan.tank_c[-1]) * worth.water_at_end_eur_per_k(house, house.tank, outlook)
    return left
