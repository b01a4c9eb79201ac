"""Makes gradients.json: loss, gradients and running statistics of a small network, by PyTorch.

The network is convolution, batch norm, rectifier, grouped convolution, mean over the image, matrix.
"""
import json
import pathlib

import torch
import torch.nn as nn

torch.manual_seed(4)
network = nn.Sequential()
network.add_module("conv", nn.Conv2d(2, 4, 3, padding=1, bias=False))
network.add_module("norm", nn.BatchNorm2d(4))
network.add_module("relu", nn.ReLU())
network.add_module("grouped", nn.Conv2d(4, 4, 3, stride=2, padding=1, groups=2))
network.add_module("mean", nn.AdaptiveAvgPool2d(1))
network.add_module("flat", nn.Flatten())
network.add_module("head", nn.Linear(4, 3))
images = torch.randn(5, 2, 6, 6)
classes = torch.tensor([0, 1, 2, 1, 0])


def tensors(items):
    return {
        name: {"shape": list(t.shape), "values": t.detach().flatten().tolist()}
        for name, t in items if t is not None and t.dtype == torch.float32}


before = tensors([(n, t.clone()) for n, t in network.state_dict().items()])
loss = nn.functional.cross_entropy(network(images), classes)
loss.backward()
result = {
    "images": images.flatten().tolist(), "classes": classes.tolist(), "parameters": before,
    "loss": loss.item(), "gradients": tensors((n, p.grad) for n, p in network.named_parameters()),
    "after": tensors(
        (n, t) for n, t in network.state_dict().items() if "running" in n),
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, indent=1) + "\n")
