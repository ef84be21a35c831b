"""The PyTorch side of the learning benchmark: does so many steps of what it is asked for and answers with the seconds they took.

One JSON object a line: {"row": "mlp" | "rommeo_ac" | "mai", "variant": "rows" | "once", "steps": n} in, {"seconds": s} out.
The updates are those of the published protocol with batches of 256, written plainly with optim.Adam in eager mode. "rows" runs every
network on every row and values every next state; "once" knows, as the C# learners do, that networks which see only the state need to
see each different state once, and that a state after the end has no value.
"""
import json
import math
import sys
import time

import torch
from torch import nn, optim

BATCH, WINDOW, HIDDEN, RATE, TAU, CAPACITY = 256, 512, 100, 1e-2, 0.01, 1_000_000
REGULARIZER, PRIOR_REGULARIZER, DISCOUNT = 1e-3, 1.0, 1.0
HALF_LOG_TWO_PI = 0.5 * math.log(2 * math.pi)


def network(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, outputs))


class Regression:
    """A training step of an MLP 64-100-100-1 on one batch."""

    def __init__(self):
        self.model, self.x, self.y = network(64, 1), torch.randn(BATCH, 64), torch.randn(BATCH, 1)
        self.adam = optim.Adam(self.model.parameters(), lr=1e-3)

    def step(self):
        self.adam.zero_grad(set_to_none=True)
        nn.functional.mse_loss(self.model(self.x), self.y).backward()
        self.adam.step()


class Gaussian:
    """What a network says of u, before the squashing; a row may stand for all."""

    def __init__(self, parameters):
        self.mean, scale = parameters.chunk(2, 1)
        self.log_sigma = scale.clamp(-20, 2)
        self.sigma = self.log_sigma.exp() + 0.01

    def log_density(self, u):
        return -0.5 * ((u - self.mean) / self.sigma).square() - HALF_LOG_TWO_PI - self.sigma.log()

    def log_density_of_noise(self, noise):
        return -0.5 * noise.square() - HALF_LOG_TWO_PI - self.sigma.log()

    def regularizer(self):
        return 0.5 * (self.log_sigma.square().mean() + self.mean.square().mean())


def log_slope(x):
    return torch.log(1 - x.square() + 1e-6)


class Player:
    """Transitions are rows (s, a_i, a_-i, s', r, goes on)."""

    def __init__(self, infers, once):
        self.infers, self.once, self.count, self.rows = infers, once, WINDOW, torch.zeros(CAPACITY, 6)
        self.rows[:WINDOW, 1:3] = 2 * torch.rand(WINDOW, 2) - 1  # the prior's window is full from the start, so warming up is short
        self.policy, self.model, self.prior = network(2, 2), network(1, 2), network(1, 2)
        self.critic, self.target, self.reward = network(3, 1), network(3, 1), network(3, 1)
        self.target.load_state_dict(self.critic.state_dict())
        self.adam = {name: optim.Adam(getattr(self, name).parameters(), lr=RATE) for name in ("policy", "model", "prior", "critic", "reward")}
        self.acted = [*self.policy.parameters(), *self.model.parameters()]

    def act(self, state):
        with torch.no_grad():
            model = Gaussian(self.model(state))
            other = torch.tanh(model.mean + model.sigma * torch.randn(1, 1))
            policy = Gaussian(self.policy(torch.cat([state, other], 1)))
            return torch.tanh(policy.mean + policy.sigma * torch.randn(1, 1)).item()

    def learn(self, alpha):
        self.fit_prior()
        batch = self.rows[torch.randint(self.count, (BATCH,))]
        self.fit_critic(batch, alpha)
        self.fit_policy_and_model(batch[:, 0:1], batch, alpha)

    def descend(self, *names):
        for name in names:
            self.adam[name].step()
            self.adam[name].zero_grad(set_to_none=True)

    def seen(self, states):
        return states[:1] if self.once else states  # the game has one state

    def fit_prior(self):
        window = self.rows[max(0, self.count - WINDOW):self.count]
        u = torch.atanh(window[:, 2:3].clamp(-0.99999, 0.99999))
        prior = Gaussian(self.prior(self.seen(window[:, 0:1])))
        loss = -prior.log_density(u).sum(1).mean()
        (loss + PRIOR_REGULARIZER * prior.regularizer()).backward()
        self.descend("prior")

    def imagine(self, states):
        with torch.no_grad():
            seen = self.seen(states)
            model, noise = Gaussian(self.model(seen)), torch.randn(BATCH, 1)
            u = model.mean + model.sigma * noise
            others = torch.tanh(u)
            ratio = (model.log_density_of_noise(noise) - Gaussian(self.prior(seen)).log_density(u)).sum(1, True)
            policy, noise = Gaussian(self.policy(torch.cat([states, others], 1))), torch.randn(BATCH, 1)
            own = torch.tanh(policy.mean + policy.sigma * noise)
            return others, own, ratio, (policy.log_density_of_noise(noise) - log_slope(own)).sum(1, True)

    def fit_critic(self, batch, alpha):
        y, goes_on = batch[:, 4:5], batch[:, 5:6]
        if not self.once or bool(goes_on.any()):
            states = batch[:, 3:4]
            others, own, ratio, log_policy = self.imagine(states)
            with torch.no_grad():
                y = y + DISCOUNT * goes_on * (self.target(torch.cat([states, own, others], 1)) - alpha * log_policy - ratio)
        loss = 0.5 * (self.critic(batch[:, 0:3]) - y).square().mean()
        loss.backward()
        self.descend("critic")
        with torch.no_grad():
            for slow, fast in zip(self.target.parameters(), self.critic.parameters()):
                slow.lerp_(fast, TAU)

    def fit_policy_and_model(self, states, batch, alpha):
        seen = self.seen(states)
        model, noise = Gaussian(self.model(seen)), torch.randn(BATCH, 1)
        u = model.mean + model.sigma * noise
        others = torch.tanh(u)
        with torch.no_grad():
            prior = Gaussian(self.prior(seen))
        log_model = model.log_density_of_noise(noise)
        ratio = (log_model - prior.log_density(u)).sum(1, True)
        answered = others.detach() if self.infers else others  # rommeo's model learns through the policy and the critic too
        policy, noise = Gaussian(self.policy(torch.cat([states, answered], 1))), torch.randn(BATCH, 1)
        own = torch.tanh(policy.mean + policy.sigma * noise)
        log_policy = (policy.log_density_of_noise(noise) - log_slope(own)).sum(1, True)
        loss = (alpha * log_policy - self.critic(torch.cat([states, own, answered], 1))).mean() + ratio.mean()
        if self.infers:
            imagined = self.imagine(states)[1]
            loss = loss - self.reward(torch.cat([states, imagined, others], 1)).mean()
        (loss + REGULARIZER * (policy.regularizer() + model.regularizer())).backward(inputs=self.acted)
        if self.infers:
            self.fit_reward(batch, torch.cat([states, imagined, others.detach()], 1), (log_model - log_slope(others)).detach().sum(1, True))
        self.descend("policy", "model")

    def fit_reward(self, batch, judged, log_density):
        at_data, at_model = self.reward(torch.cat([batch[:, 0:3], judged], 0)).split(BATCH)
        log_weights = at_model.detach() - log_density
        weights = (log_weights - log_weights.max()).exp()
        ((weights * at_model).sum() / weights.sum() - at_data.mean()).backward()
        self.descend("reward")


class Differential:
    """One step of the game and the updates of both players."""

    def __init__(self, infers, once):
        self.players, self.time, self.state = [Player(infers, once) for _ in range(2)], 0, torch.zeros(1, 1)

    def step(self):
        x = [player.act(self.state) for player in self.players]
        a, b = 10 * x[0], 10 * x[1]
        reward = max(0.8 * (-(a + 5) ** 2 - (b + 5) ** 2) / 9, 10 - (a - 5) ** 2 - (b - 5) ** 2)
        alpha = 0.1 + 500 * math.exp(-0.1 * max(self.time - 10, 0))
        self.time += 1
        for i, player in enumerate(self.players):
            player.rows[player.count] = torch.tensor([0.0, x[i], x[1 - i], 0.0, reward, 0.0])
            player.count += 1
        if self.time >= 10:
            for player in self.players:
                player.learn(alpha)


def make(row, variant):
    return Regression() if row == "mlp" else Differential(row == "mai", variant == "once")


def main():
    torch.set_num_threads(int(sys.argv[1]))
    with open("/proc/self/maps", encoding="ascii") as maps:
        blas = sorted({line.split()[-1] for line in maps if "blas" in line})
    print(json.dumps({"torch": torch.__version__, "blas": blas[0] if blas else "unknown"}), flush=True)
    made = {}
    for line in sys.stdin:
        request = json.loads(line)
        key = request["row"], request["variant"]
        if key not in made:
            made[key] = make(*key)
        start = time.perf_counter()
        for _ in range(request["steps"]):
            made[key].step()
        print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)


if __name__ == "__main__":
    main()
