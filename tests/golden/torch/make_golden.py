#!/usr/bin/python3
"""Writes golden.json beside itself: values and gradients of PyTorch for the operators and training runs that the tests repeat.

Made with Debian's python3-torch 1.13: apt-get install python3-torch; /usr/bin/python3 tests/golden/torch/make_golden.py
"""
import json
import os

import torch
import torch.nn.functional as F

torch.manual_seed(7)
torch.set_num_threads(1)
INDEX = torch.tensor([[2, 0, 1], [1, 0, 3], [3, 2, 1]])
MASK = torch.tensor([True, False, True, True, False, False, True, False, True, True, True, False]).reshape(3, 4)
CLASSES = torch.tensor([1, 3, 0])


def any_(*shape):
    return (torch.rand(shape, dtype=torch.float64) * 3 - 1.5).round(decimals=3)


def positive(*shape):
    return (torch.rand(shape, dtype=torch.float64) + 0.5).round(decimals=3)


# Name in the operator table of the tests, function, inputs.
OPERATORS = [
    ("add_outer", lambda a, b: a + b, any_(3, 1), any_(1, 4)),
    ("mul", lambda a, b: a * b, any_(3, 4), any_(4)),
    ("div", lambda a, b: a / b, any_(3, 4), positive(4)),
    ("remainder", lambda a: a.remainder(0.7), any_(3, 4)),
    ("lerp", lambda a, b, c: a.lerp(b, c), any_(3, 4), any_(3, 4), any_(3, 4)),
    ("abs", torch.abs, any_(3, 4)),
    ("sqrt", torch.sqrt, positive(3, 4)),
    ("exp", torch.exp, any_(3, 4)),
    ("expm1", torch.expm1, any_(3, 4) * 1e-3),
    ("log1p", torch.log1p, positive(3, 4) * 1e-3),
    ("tanh", torch.tanh, any_(3, 4) * 4),
    ("tanh", torch.tanh, any_(3, 4) * 1e-4),
    ("sigmoid", torch.sigmoid, any_(3, 4) * 20),
    ("relu", torch.relu, any_(3, 4)),
    ("softplus", F.softplus, any_(3, 4) * 30),
    ("softplus_beta", lambda a: F.softplus(a, 2, 1), any_(3, 4)),
    ("clamp", lambda a: a.clamp(-0.6, 0.45), any_(3, 4)),
    ("pow", torch.pow, positive(3, 4), any_(3, 4)),
    ("logaddexp", torch.logaddexp, any_(3, 4) * 200, any_(3, 4) * 200),
    ("maximum", torch.maximum, torch.tensor([[1.0, 2, 3, 4]] * 3, dtype=torch.float64), torch.tensor([[1.0, 3, 2, 4]] * 3, dtype=torch.float64)),
    ("gather", lambda a: a.gather(1, INDEX), any_(3, 4)),
    ("index_pairs", lambda a: a[torch.tensor([0, 1, 2]), torch.tensor([3, 1, 3])], any_(3, 4)),
    ("index_columns", lambda a: a[:, torch.tensor([3, 0])], any_(3, 4)),
    ("index_mask", lambda a: a[MASK], any_(3, 4)),
    ("var", lambda a: a.var(1), any_(3, 4)),
    ("std", lambda a: a.std(), any_(3, 4)),
    ("norm", lambda a: a.norm(), any_(3, 4)),
    ("amax", lambda a: a.amax(1), torch.tensor([[1.0, 4, 4, 2], [3, 3, 3, 3], [5, 1, 2, 4]], dtype=torch.float64)),
    ("max_all", lambda a: a.max(), torch.tensor([[1.0, 5, 4, 2], [3, 3, 3, 3], [5, 1, 2, 4]], dtype=torch.float64)),
    ("max_dim", lambda a: a.max(0).values, torch.tensor([[1.0, 4, 4, 2], [3, 4, 3, 3], [5, 1, 2, 4]], dtype=torch.float64)),
    ("prod_dim", lambda a: a.prod(1, keepdim=True), torch.tensor([[1.0, 0, 4, 2], [0, 3, 0, 3], [5, 1, 2, 4]], dtype=torch.float64)),
    ("cumsum", lambda a: a.cumsum(1), any_(3, 4)),
    ("logsumexp", lambda a: a.logsumexp(1), any_(3, 4) * 500),
    ("softmax", lambda a: a.softmax(-1), any_(3, 4) * 500),
    ("log_softmax", lambda a: a.log_softmax(1), any_(3, 4) * 500),
    ("matmul_batches", torch.matmul, any_(2, 1, 3, 4), any_(2, 4, 2)),
    ("linear", F.linear, any_(3, 4), any_(2, 4), any_(2)),
    ("layer_norm", lambda a, w, b: F.layer_norm(a, (4,), w, b), any_(3, 4), any_(4), any_(4)),
    ("huber_loss", lambda a, b: F.huber_loss(a, b, delta=0.5), any_(3, 4), any_(3, 4)),
    ("smooth_l1_loss", lambda a, b: F.smooth_l1_loss(a, b, reduction="sum", beta=0.5), any_(3, 4), any_(3, 4)),
    ("mse_loss", F.mse_loss, any_(3, 4), any_(3, 4)),
    ("cross_entropy", lambda a: F.cross_entropy(a, CLASSES), any_(3, 4)),
    ("cross_entropy_smooth", lambda a: F.cross_entropy(a, CLASSES, torch.tensor([1.0, 2, 0.5, 1], dtype=torch.float64), label_smoothing=0.1), any_(3, 4)),
    ("cross_entropy_soft", lambda a, b: F.cross_entropy(a, b.softmax(1)), any_(3, 4), any_(3, 4)),
    ("kl_div", lambda a, b: F.kl_div(a.log_softmax(1), b.softmax(1), reduction="sum"), any_(3, 4), any_(3, 4)),
    ("bce_logits", lambda a, b: F.binary_cross_entropy_with_logits(a, b.sigmoid()), any_(3, 4), any_(3, 4)),
]


def plain(tensor):
    return {"shape": list(tensor.shape), "values": [float(f"{v:.12g}") for v in tensor.detach().double().reshape(-1).tolist()]}


def operator(name, function, *inputs):
    leaves = [i.clone().requires_grad_() for i in inputs]
    result = function(*leaves)
    weights = torch.sin(torch.arange(1, result.numel() + 1, dtype=torch.float64)).reshape(result.shape)
    (result * weights).sum().backward()
    gradients = [leaf.grad if leaf.grad is not None else torch.zeros_like(leaf) for leaf in leaves]
    return {"name": name, "inputs": [plain(i) for i in inputs], "output": plain(result), "gradients": [plain(g) for g in gradients]}


def training(name, make):
    """A network of three layers on fixed data: the losses of 20 steps and the parameters after them."""
    torch.manual_seed(3)
    net = torch.nn.Sequential(torch.nn.Linear(3, 5), torch.nn.ReLU(), torch.nn.Linear(5, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1)).double()
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(p.round(decimals=3))
    x = any_(6, 3)
    y = any_(6, 1)
    start = [plain(p) for p in net.parameters()]
    optimizer = make(net.parameters())
    losses = []
    for _ in range(20):
        optimizer.zero_grad()
        loss = F.mse_loss(net(x), y)
        loss.backward()
        optimizer.step()
        losses.append(float(f"{loss.item():.12g}"))
    return {"name": name, "start": start, "x": plain(x), "y": plain(y), "losses": losses, "end": [plain(p) for p in net.parameters()]}


RUNS = [
    ("adam", lambda p: torch.optim.Adam(p, lr=0.01)),
    ("adam_decay", lambda p: torch.optim.Adam(p, lr=0.02, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1)),
    ("adam_amsgrad", lambda p: torch.optim.Adam(p, lr=0.05, betas=(0.5, 0.6), amsgrad=True)),
    ("sgd", lambda p: torch.optim.SGD(p, lr=0.1)),
    ("sgd_momentum", lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, dampening=0.1, weight_decay=0.01)),
    ("sgd_nesterov", lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True)),
]

golden = {"torch": torch.__version__, "operators": [operator(*o) for o in OPERATORS], "training": [training(*r) for r in RUNS]}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden.json"), "w", encoding="utf-8") as file:
    file.write("{\n")
    file.write(f'"torch": {json.dumps(golden["torch"])},\n')
    file.write('"operators": [\n' + ",\n".join(json.dumps(o) for o in golden["operators"]) + "\n],\n")
    file.write('"training": [\n' + ",\n".join(json.dumps(r) for r in golden["training"]) + "\n]\n}\n")
