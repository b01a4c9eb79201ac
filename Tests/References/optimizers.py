"""Makes optimizers.json: parameters after five steps along fixed gradients, by PyTorch.

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


def after(make):
    parameter = torch.nn.Parameter(START.clone())
    optimizer = make([parameter])
    for gradient, rate in zip(GRADIENTS, RATES):
        optimizer.param_groups[0]["lr"] = rate
        parameter.grad = gradient.clone()
        optimizer.step()
    return parameter.detach().flatten().tolist()


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
        "warm-up: {epochs: 2}": rates(
            lambda o: s.LambdaLR(o, lambda step: min((step + 1) / 8, 1)), 20),
    }


result = {
    "start": START.flatten().tolist(), "gradients": GRADIENTS.reshape(5, -1).tolist(),
    "rates": RATES, "after": {name: after(make) for name, make in CASES.items()},
    "schedules": schedules(),
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, indent=1) + "\n")
