"""Makes optimizers.json: parameters after five and after thirty steps along fixed gradients, gradients that
are bounded, averages of parameters, and the rates of schedules, by PyTorch 2.15, installed besides.

Parameters are 32-bit on both sides; thirty steps of the same operations in another order differ by some
roundings, for which 1e-6 of values around 1 leaves room.

Lion is not part of PyTorch; its two lines are written out from algorithm 2 of the paper.
"""
import json
import pathlib

import torch

torch.manual_seed(1)
START = torch.randn(3, 2)
GRADIENTS = torch.randn(5, 3, 2)
RATES = [0.1, 0.05, 0.2, 0.01, 0.1]


class Lion(torch.optim.Optimizer):
    def __init__(self, parameters, lr, beta1, beta2, weight_decay):
        super().__init__(parameters, dict(lr=lr, b1=beta1, b2=beta2, wd=weight_decay))

    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                update = (m * group["b1"] + p.grad * (1 - group["b1"])).sign()
                p.data.mul_(1 - group["lr"] * group["wd"]).add_(update, alpha=-group["lr"])
                m.mul_(group["b2"]).add_(p.grad, alpha=1 - group["b2"])


CASES = {
    "sgd: {momentum: 0, weight-decay: 0}": lambda p: torch.optim.SGD(p, lr=0.1),
    "sgd: {momentum: 0.9, weight-decay: 0.1}": lambda p: torch.optim.SGD(
        p, lr=0.1, momentum=0.9, weight_decay=0.1),
    "sgd: {momentum: 0.8, nesterov: true, weight-decay: 0.01}": lambda p: torch.optim.SGD(
        p, lr=0.1, momentum=0.8, nesterov=True, weight_decay=0.01),
    "adam: {weight-decay: 0.1}": lambda p: torch.optim.Adam(p, weight_decay=0.1),
    "adam: {beta1: 0.7, beta2: 0.9, epsilon: 1.0e-3}": lambda p: torch.optim.Adam(
        p, betas=(0.7, 0.9), eps=1e-3),
    "adamw: {weight-decay: 0.2}": lambda p: torch.optim.AdamW(p, weight_decay=0.2),
    "rmsprop: {weight-decay: 0.05}": lambda p: torch.optim.RMSprop(p, weight_decay=0.05),
    "adagrad: {weight-decay: 0.05}": lambda p: torch.optim.Adagrad(p, weight_decay=0.05),
    "lion: {weight-decay: 0.1}": lambda p: Lion(p, 1e-4, 0.9, 0.99, 0.1),
}


def after(make, start=START, gradients=GRADIENTS, rates=RATES):
    """Steps, the rate of which changes each time."""
    parameter = torch.nn.Parameter(start.clone())
    optimizer = make([parameter])
    for gradient, rate in zip(gradients, rates):
        optimizer.param_groups[0]["lr"] = rate
        parameter.grad = gradient.clone()
        optimizer.step()
    return parameter.detach().flatten().tolist()


LONG = torch.Generator().manual_seed(5)
LONG_START = torch.randn(5, 3, generator=LONG)
LONG_GRADIENTS = torch.randn(30, 5, 3, generator=LONG)
LONG_RATES = [round(0.02 * (1 + step % 4) / (1 + step / 10), 6) for step in range(30)]


def clipped(bound):
    """Both gradients together, and the norm before."""
    parameters = [torch.nn.Parameter(torch.zeros(3, 2)), torch.nn.Parameter(torch.zeros(3, 2))]
    for parameter, gradient in zip(parameters, GRADIENTS):
        parameter.grad = gradient.clone()
    norm = torch.nn.utils.clip_grad_norm_(parameters, bound)
    return {
        "norm": norm.item(), "gradients": [p.grad.flatten().tolist() for p in parameters]}


def averaged(decay):
    """The average of parameters that move by one gradient after the other."""
    model = torch.nn.Linear(2, 3, bias=False)
    model.weight.data = START.clone()
    steps = iter(range(1_000_000))

    def move(average, value, _):
        step = next(steps)
        return average + (1 - min(decay, (1 + step) / (10 + step))) * (value - average)

    average = torch.optim.swa_utils.AveragedModel(model, avg_fn=move)
    average.module.weight.data = START.clone()
    average.n_averaged += 1
    for gradient in GRADIENTS:
        model.weight.data -= 0.1 * gradient
        average.update_parameters(model)
    return average.module.weight.detach().flatten().tolist()


def plateaus(losses, patience, factor):
    """The rate in each epoch. PyTorch's patience is how many epochs are borne, so one less."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)
    schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(
        optimizer, factor=factor, patience=patience - 1, threshold=0, eps=0)
    found = []
    for loss in losses:
        found.append(optimizer.param_groups[0]["lr"])
        schedule.step(loss)
    return found


def schedules():
    def rates(make, steps):
        parameter = torch.nn.Parameter(torch.zeros(1))
        optimizer = torch.optim.SGD([parameter], lr=0.1)
        schedule = make(optimizer)
        found = []
        for _ in range(steps):
            found.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            schedule.step()
        return found

    s = torch.optim.lr_scheduler
    return {
        "one-cycle": rates(lambda o: s.OneCycleLR(o, 0.1, total_steps=20), 20),
        "one-cycle: {peak: 0.4, rise: 0.5, start: 10, end: 100}": rates(
            lambda o: s.OneCycleLR(
                o, 0.4, total_steps=20, pct_start=0.5, div_factor=10, final_div_factor=100), 20),
        "cosine": rates(lambda o: s.CosineAnnealingLR(o, 20), 20),
        "step: {every: 2, factor: 0.5}": rates(lambda o: s.StepLR(o, 8, 0.5), 20),
        "constant": [0.1] * 20,
        "cosine: {final: 0.05}": rates(lambda o: s.CosineAnnealingLR(o, 20, 0.005), 20),
        "cosine: {warm-up: 2, final: 0.1}": rates(
            lambda o: s.SequentialLR(o, [
                s.LinearLR(o, 1 / 8, 1, total_iters=7), s.CosineAnnealingLR(o, 12, 0.01)], [8]),
            20),
        "one-cycle: {rise: 0.1}": rates(lambda o: s.OneCycleLR(o, 0.1, total_steps=20, pct_start=0.1), 20),
        "warm-up: {epochs: 2}": rates(
            lambda o: s.LambdaLR(o, lambda step: min((step + 1) / 8, 1)), 20),
    }


result = {
    "start": START.flatten().tolist(), "gradients": GRADIENTS.reshape(5, -1).tolist(),
    "rates": RATES, "after": {name: after(make) for name, make in CASES.items()},
    "schedules": schedules(),
    "long": {
        "start": LONG_START.flatten().tolist(), "rates": LONG_RATES,
        "gradients": LONG_GRADIENTS.reshape(30, -1).tolist(),
        "after": {
            name: after(make, LONG_START, LONG_GRADIENTS, LONG_RATES)
            for name, make in CASES.items()}},
    "clipped": {str(bound): clipped(bound) for bound in [0.5, 1.0, 100.0]},
    "averaged": {str(decay): averaged(decay) for decay in [0.0, 0.15, 0.999]},
    "plateaus": [
        {"losses": losses, "patience": patience, "factor": factor,
         "rates": plateaus(losses, patience, factor)}
        for losses, patience, factor in [
            ([3, 2, 2.5, 1, 1, 1.5, 2, 0.5, 0.6, 0.6, 0.6, 0.6, 0.4], 2, 0.5),
            ([5, 5, 5, 5, 5, 5, 5, 5], 1, 0.1), ([1, 2, 3, 4, 5, 6, 7, 8, 9, 0], 3, 0.2)]],
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, indent=1) + "\n")
