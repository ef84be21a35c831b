using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Looks for the cycle of two players' changes around which their gains add up to most.</summary>
internal sealed class PotentialSearch
{
    private const double MostProfiles = 200_000;
    private const double MostWork = 1e9;
    private const double MostNumbers = 1 << 24;
    private const double Rounding = 1e-9;
    private const ulong Seed = 0;
    private readonly StochasticGame _game;
    private readonly PotentialPoints _points;
    private readonly CancellationToken _cancellationToken;
    private readonly double[] _violations; // [N]
    private readonly double[][] _policies; // [N][T * S * A], of the profile looked at
    private RandomStream _random = RandomStream.Create(Seed).Fork("potential");
    private double _largestValue;
    private long _profiles;
    private PotentialCounterexample? _worst;

    public PotentialSearch(StochasticGame game, CancellationToken cancellationToken)
    {
        (_game, _points, _cancellationToken) = (game, new PotentialPoints(game), cancellationToken);
        (_violations, _policies) = (new double[game.PlayerCount], new double[game.PlayerCount][]);
    }

    /// <summary>Whether the profiles that decide are few enough.</summary>
    public bool IsFeasible => Fits(MostWork);

    /// <summary>Whether the profiles that decide are few enough and take at most so many operations.</summary>
    public bool Fits(double mostWork)
    {
        double states = _game.StateCount, profiles = 0, work = 0, numbers = 0;
        double each = (_points.Times * states * _game.JointActionCount * (_game.PlayerCount + 2)) + (_game.Horizon is null ? states * states * states : 0);
        for (int i = 0; i < _game.PlayerCount; i++)
            for (int j = i + 1; j < _game.PlayerCount; j++)
            {
                double first = _points.Count(i, 2), second = _points.Count(j, 2), others = 1;
                for (int k = 0; k < _game.PlayerCount; k++) others *= k == i || k == j ? 1 : _points.Count(k, 4);
                profiles += first * second * others;
                work += others * first * second * (each + (Math.Min(first, second) * states));
                numbers = Math.Max(numbers, first * second * states);
            }

        return profiles <= MostProfiles && work <= mostWork && numbers <= MostNumbers;
    }

    /// <summary>All cycles of the profiles that decide.</summary>
    public void Enumerate(int i, int j)
    {
        if (_points.Count(i, 2) > _points.Count(j, 2)) (i, j) = (j, i); // the work is the square of the first
        double[][] first = [.. _points.Policies(i, 2)], second = [.. _points.Policies(j, 2)];
        EnumerateOthers(i, j, 0, () => Cycles(i, j, first, second));
    }

    /// <summary>Cycles drawn at random.</summary>
    public void Sample(int i, int j, int samples)
    {
        for (int k = 0; k < samples; k++)
        {
            bool pure = k % 2 == 1;
            for (int p = 0; p < _game.PlayerCount; p++) _policies[p] = Draw(p, pure);
            Cycles(i, j, [Draw(i, pure), Draw(i, pure)], [Draw(j, pure), Draw(j, pure)]);
        }
    }

    /// <summary>What was found.</summary>
    public PotentialCheck Result(bool isExact)
    {
        double tolerance = Rounding * _largestValue;
        return new PotentialCheck
        {
            Game = _game,
            IsExact = isExact,
            ViolationPerPlayer = [.. _violations],
            Tolerance = tolerance,
            Profiles = _profiles,
            Counterexample = _worst is { } worst && Math.Abs(worst.Difference) > tolerance ? worst : null,
        };
    }

    private void EnumerateOthers(int i, int j, int player, Action visit)
    {
        if (player == _game.PlayerCount)
        {
            visit();
            return;
        }

        if (player == i || player == j)
        {
            EnumerateOthers(i, j, player + 1, visit);
            return;
        }

        foreach (double[] policy in _points.Policies(player, 4))
        {
            _policies[player] = policy;
            EnumerateOthers(i, j, player + 1, visit);
        }
    }

    // values[u, v, s] = V_i - V_j; around the cycle (u, v), (u', v), (u', v'), (u, v') the gains add up to values[u', v] - values[u, v] + values[u, v'] - values[u', v'].
    private void Cycles(int i, int j, double[][] first, double[][] second)
    {
        int states = _game.StateCount;
        var values = new double[first.Length * second.Length * states];
        var process = new DifferenceProcess(_game, i, j);
        for (int u = 0; u < first.Length; u++)
            for (int v = 0; v < second.Length; v++)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                (_policies[i], _policies[j]) = (first[u], second[v]);
                var row = values.AsSpan(((u * second.Length) + v) * states, states);
                process.Evaluate(_policies, row, _cancellationToken);
                foreach (double value in row) _largestValue = Math.Max(_largestValue, Math.Abs(value));
                _profiles++;
            }

        for (int u = 0; u < first.Length; u++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            for (int other = u + 1; other < first.Length; other++)
                Compare(i, j, first, second, values, u, other);
        }
    }

    // The largest cycle that changes the first player between two of its policies.
    private void Compare(int i, int j, double[][] first, double[][] second, double[] values, int u, int other)
    {
        int states = _game.StateCount;
        for (int s = 0; s < states; s++)
        {
            int least = 0, most = 0;
            double Gain(int v) => values[(((other * second.Length) + v) * states) + s] - values[(((u * second.Length) + v) * states) + s];
            for (int v = 1; v < second.Length; v++)
            {
                if (Gain(v) < Gain(least)) least = v;
                if (Gain(v) > Gain(most)) most = v;
            }

            double difference = Gain(most) - Gain(least);
            if (_worst is null || difference > Math.Abs(_worst.Difference))
                _worst = new PotentialCounterexample(i, j, Profile(i, j, first[u], second[most]), Profile(i, j, first[other], second[least]), s, difference);
            (_violations[i], _violations[j]) = (Math.Max(_violations[i], difference), Math.Max(_violations[j], difference));
        }
    }

    private PolicyProfile Profile(int i, int j, double[] first, double[] second)
    {
        (_policies[i], _policies[j]) = (first, second);
        return new PolicyProfile(_game, [.. _policies.Select((policy, p) => new TabularPolicy(policy, _points.Times, _game.StateCount, _game.ActionCounts[p]))]);
    }

    private double[] Draw(int player, bool pure)
    {
        int actions = _game.ActionCounts[player];
        double[] table = _points.Fill(player);
        foreach (int decision in _points.Decisions)
        {
            var legal = _points.Legal(player, decision);
            var drawn = new double[legal.Count];
            if (pure) drawn[_random.NextInt32(drawn.Length)] = 1;
            else _random.NextSimplex(drawn);
            for (int k = 0; k < drawn.Length; k++) table[(decision * actions) + legal[k]] = drawn[k];
        }

        return table;
    }
}
