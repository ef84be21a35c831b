using VsgGym.Numerics;

namespace VsgGym.Runs.Tests.Theorems;

/// <summary>Two exploring agents on three places each, drawn as the table draws them, who know each other's occupancies: by plain loops.</summary>
internal sealed class SlowOccupancies
{
    private const int Places = 3, Actions = 2;
    private readonly double[,][] _moves = new double[2, Places * Actions][];
    private readonly double[,] _own = new double[2, Places * Actions];
    private readonly int _horizon, _seed;
    private readonly double _beta, _mu;

    public SlowOccupancies(int seed, int horizon, double beta, double mu)
    {
        (_seed, _horizon, _beta, _mu) = (seed, horizon, beta, mu);
        var random = RandomStream.Create((ulong)seed).Fork("places");
        for (int p = 0; p < 2; p++)
            for (int k = 0; k < Places * Actions; k++)
            {
                _moves[p, k] = new double[Places];
                random.NextSimplex(_moves[p, k]);
                _own[p, k] = (2 * random.NextDouble()) - 1;
            }
    }

    /// <summary>omega.</summary>
    public double Largest => _own.Cast<double>().Max(Math.Abs);

    /// <summary>The largest factor from one residual to the next, and the largest distance of an answer from the first.</summary>
    public (double Factor, double Spread) Follow()
    {
        double factor = 0, spread = 0;
        double[][,,] first = [];
        for (int start = 0; start < 4; start++)
        {
            double[][,,] q = Update(Start(start)), policies;
            double before = double.NaN, residual;
            do
            {
                double[][,,] updated = Update(Play(q));
                residual = Enumerable.Range(0, 2).Max(p => q[p].Cast<double>().Zip(updated[p].Cast<double>(), (x, y) => Math.Abs(x - y)).Max());
                if (before > 1e-12) factor = Math.Max(factor, residual / before);
                (before, q) = (residual, updated);
            }
            while (residual >= 1e-11);
            policies = Play(q);
            if (start == 0) first = policies;
            for (int p = 0; p < 2; p++) spread = Math.Max(spread, policies[p].Cast<double>().Zip(first[p].Cast<double>(), (x, y) => Math.Abs(x - y)).Max());
        }

        return (factor, spread);
    }

    // Policies by time, place and action. The tables draw one for each joint state, first player's place times 3 plus the second's: a place has their mean.
    private double[][,,] Start(int start)
    {
        var random = RandomStream.Create((ulong)_seed).Fork("start");
        double[][,,] policies = [new double[_horizon, Places, Actions], new double[_horizon, Places, Actions]];
        for (int p = 0; p < 2; p++)
            for (int s = 0; s < Places * Places; s++)
            {
                double[] row = start == 0 ? [.5, .5] : start == 1 ? [.98, .02] : [.02, .98];
                if (start == 3) random.NextSimplex(row);
                for (int t = 0; t < _horizon; t++)
                    for (int a = 0; a < Actions; a++) policies[p][t, p == 0 ? s / Places : s % Places, a] += row[a] / Places;
            }

        return policies;
    }

    private double[][,,] Play(double[][,,] q)
    {
        double[][,,] policies = [new double[_horizon, Places, Actions], new double[_horizon, Places, Actions]];
        for (int p = 0; p < 2; p++)
            for (int t = 0; t < _horizon; t++)
                for (int x = 0; x < Places; x++)
                {
                    double[] row = SlowExploring.Softmax([q[p][t, x, 0], q[p][t, x, 1]], _beta);
                    (policies[p][t, x, 0], policies[p][t, x, 1]) = (row[0], row[1]);
                }

        return policies;
    }

    // Occupancies forward from the first state, then action values backward: the next value is that of what is newly played at the next time; nothing is paid at the end.
    private double[][,,] Update(double[][,,] policies)
    {
        var occupancies = new double[2, _horizon + 1, Places];
        for (int p = 0; p < 2; p++)
        {
            occupancies[p, 0, 0] = 1;
            for (int t = 0; t < _horizon; t++)
                for (int x = 0; x < Places; x++)
                    for (int a = 0; a < Actions; a++)
                        for (int to = 0; to < Places; to++) occupancies[p, t + 1, to] += occupancies[p, t, x] * policies[p][t, x, a] * _moves[p, (x * Actions) + a][to];
        }

        double[][,,] q = [new double[_horizon, Places, Actions], new double[_horizon, Places, Actions]];
        for (int p = 0; p < 2; p++)
        {
            double[] next = new double[Places];
            for (int t = _horizon - 1; t >= 0; t--)
            {
                var now = new double[Places];
                for (int x = 0; x < Places; x++)
                {
                    for (int a = 0; a < Actions; a++)
                    {
                        q[p][t, x, a] = _own[p, (x * Actions) + a] - (_mu * occupancies[1 - p, t, x]);
                        for (int to = 0; to < Places; to++) q[p][t, x, a] += _moves[p, (x * Actions) + a][to] * next[to];
                    }

                    double[] played = SlowExploring.Softmax([q[p][t, x, 0], q[p][t, x, 1]], _beta);
                    now[x] = (played[0] * q[p][t, x, 0]) + (played[1] * q[p][t, x, 1]);
                }

                next = now;
            }
        }

        return q;
    }
}
