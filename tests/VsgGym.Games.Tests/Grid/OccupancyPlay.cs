using VsgGym.Numerics;

namespace VsgGym.Games.Tests;

/// <summary>MGE-FB (Etesami and Straehle 2020, Algorithm 3) by plain loops: every agent answers the others' occupancies, not their places.</summary>
/// <remarks>Agents move on their own; a place is a cell's number, and -1 for having left.</remarks>
internal sealed class OccupancyPlay
{
    private const int Rounds = 400;
    private readonly int _horizon;
    private readonly double[] _weights; // mu, [agent]
    private readonly Dictionary<int, (int Action, int Next, double Reward)[]>[] _moves; // [agent][place]
    private readonly int[] _starts;
    private readonly Dictionary<(int Time, int Place, int Action), double>[] _q;

    public OccupancyPlay(int horizon, double[] weights, int[] starts, Dictionary<int, (int Action, int Next, double Reward)[]>[] moves)
    {
        (_horizon, _weights, _starts, _moves) = (horizon, weights, starts, moves);
        _q = [.. moves.Select(own => (from time in Enumerable.Range(0, horizon) from place in own.Keys from move in own[place] select (time, place, move.Action)).ToDictionary(key => key, _ => 0.0))];
        for (int k = 0; k < Rounds; k++) Improve(.5);
    }

    /// <summary>Where each agent goes by its most probable moves, [agent][0..T].</summary>
    public int[][] Paths() => [.. _starts.Select((start, agent) =>
    {
        var path = new List<int> { start };
        for (int time = 0; time < _horizon; time++)
            path.Add(_moves[agent][path[^1]].MaxBy(move => _q[agent][(time, path[^1], move.Action)]).Next);
        return path.ToArray();
    })];

    /// <summary>One forward and one backward pass; the backward one is damped as in mge Eq. (14).</summary>
    private void Improve(double damping)
    {
        Dictionary<int, double>[][] occupancies = [.. Enumerable.Range(0, _starts.Length).Select(Forward)];
        for (int agent = 0; agent < _starts.Length; agent++)
        {
            var values = _moves[agent].Keys.ToDictionary(place => place, _ => 0.0);
            for (int time = _horizon - 1; time >= 0; time--)
            {
                var before = new Dictionary<int, double>();
                foreach (var (place, moves) in _moves[agent])
                {
                    foreach (var (action, next, reward) in moves)
                    {
                        double psi = 0; // Psi = - sum mu_j O_j
                        for (int other = 0; other < _starts.Length && next >= 0; other++)
                            if (other != agent) psi -= _weights[other] * occupancies[other][time + 1].GetValueOrDefault(next);
                        double update = reward + psi + values[next];
                        _q[agent][(time, place, action)] += damping * (update - _q[agent][(time, place, action)]);
                    }

                    double[] policy = Policy(agent, time, place);
                    before[place] = moves.Select((move, k) => policy[k] * _q[agent][(time, place, move.Action)]).Sum();
                }

                values = before;
            }
        }
    }

    private Dictionary<int, double>[] Forward(int agent)
    {
        var occupancy = new Dictionary<int, double>[_horizon + 1];
        occupancy[0] = new Dictionary<int, double> { [_starts[agent]] = 1 };
        for (int time = 0; time < _horizon; time++)
        {
            occupancy[time + 1] = [];
            foreach (var (place, probability) in occupancy[time])
            {
                double[] policy = Policy(agent, time, place);
                for (int k = 0; k < policy.Length; k++)
                {
                    int next = _moves[agent][place][k].Next;
                    occupancy[time + 1][next] = occupancy[time + 1].GetValueOrDefault(next) + (probability * policy[k]);
                }
            }
        }

        return occupancy;
    }

    private double[] Policy(int agent, int time, int place)
    {
        double[] policy = [.. _moves[agent][place].Select(move => _q[agent][(time, place, move.Action)])];
        Simplex.Softmax(policy, 1);
        return policy;
    }
}
