using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>A population's policy with everything that one sweep finds out about it: the flow, its values, the best ones and what the update plays next.</summary>
internal sealed class PopulationSweep : ICrewWork
{
    private readonly MeanFieldGame _game;
    private readonly WorkCrew _crew;
    private readonly PopulationMoves _moves;
    private readonly int _states;
    private readonly int _actions;
    private readonly int _stateCost; // about how many operations, for the crew
    private readonly double[] _best;    // [T + 1, S], hard values
    private readonly double[] _soft;    // [T + 1, S], soft values; empty where the update needs none
    private readonly double[] _scratch; // [3, S]
    private readonly MeanFieldUpdate _update;
    private double _temperature;
    private int _time;

    public PopulationSweep(MeanFieldGame game, MeanFieldUpdate update, double[] policy, WorkCrew crew)
    {
        (_game, _update, _crew, _states, _actions) = (game, update, crew, game.StateCount, game.ActionCount);
        _moves = new PopulationMoves(game);
        _stateCost = SweepCost.Limited(PopulationMoves.KeptBytes(game) > 0 ? 32.0 * _actions : 4.0 * _actions * _states); // rows kept are sparse
        int values = (game.Horizon + 1) * _states;
        (Policy, Target, LogPrior) = (policy, new double[policy.Length], new double[policy.Length]);
        (Flow, Values, _best) = (new double[game.Horizon * _states], new double[values], new double[values]);
        _soft = update == MeanFieldUpdate.RelativeEntropy ? new double[values] : [];
        _scratch = new double[3 * _states];
        RenewPrior();
    }

    /// <summary>[T, S, A], what the population plays.</summary>
    public double[] Policy { get; }

    /// <summary>[T, S, A], what the update would play next, along the policy's own flow.</summary>
    public double[] Target { get; }

    /// <summary>[T, S, A]; minus infinity marks an action that is never played.</summary>
    public double[] LogPrior { get; }

    /// <summary>[T, S], the population's distribution under its policy.</summary>
    public double[] Flow { get; }

    /// <summary>[T + 1, S], the expected returns of the policy.</summary>
    public double[] Values { get; }

    /// <summary>The return of a member who plays the policy, from the initial distribution.</summary>
    public double Return => FromStart(Values);

    /// <summary>What a member gains by its best response, from the initial distribution.</summary>
    public double Exploitability => Math.Max(0, FromStart(_best) - FromStart(Values)); // rounding may put it a hair below 0

    /// <summary>The bytes of the arrays.</summary>
    public static double EstimateBytes(MeanFieldGame game)
    {
        double cells = (double)game.Horizon * game.StateCount, values = cells + game.StateCount;
        return (sizeof(double) * ((3 * cells * game.ActionCount) + cells + (3 * values) + (3.0 * game.StateCount))) + PopulationMoves.KeptBytes(game);
    }

    /// <summary>Makes the policy its own prior.</summary>
    public void RenewPrior()
    {
        for (int i = 0; i < Policy.Length; i++) LogPrior[i] = Math.Log(Policy[i]); // minus infinity where the policy never goes
    }

    /// <summary>Moves the policy to its target.</summary>
    /// <param name="weight">Of the target, in (0, 1].</param>
    public void Move(double weight)
    {
        if (weight == 1)
            Target.CopyTo(Policy, 0);
        else
            for (int i = 0; i < Policy.Length; i++) Policy[i] += weight * (Target[i] - Policy[i]);
    }

    /// <summary>Moves the policy to the average of those who play it and those who play the target, each where they are.</summary>
    /// <param name="weight">The share of those who play the target, in (0, 1).</param>
    /// <param name="cancellationToken">Checked between states.</param>
    public void Average(double weight, CancellationToken cancellationToken)
    {
        Span<double> own = _scratch.AsSpan(0, _states), later = _scratch.AsSpan(_states, _states), next = _scratch.AsSpan(2 * _states);
        _game.Initial.AsSpan().CopyTo(own);
        for (int t = 0; t < _game.Horizon; t++)
        {
            var population = Flow.AsSpan(t * _states, _states);
            later.Clear();
            for (int s = 0; s < _states; s++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int row = ((t * _states) + s) * _actions;
                double stay = (1 - weight) * population[s], go = weight * own[s], share = stay + go > 0 ? go / (stay + go) : weight;
                for (int a = 0; a < _actions; a++)
                {
                    if (own[s] > 0 && Target[row + a] > 0) _moves.Row(t, s, a, population, next).Spread(own[s] * Target[row + a], later);
                    Policy[row + a] += share * (Target[row + a] - Policy[row + a]);
                }
            }

            later.CopyTo(own);
        }
    }

    /// <summary>Finds the flow of the policy, and along it the values and the target.</summary>
    /// <param name="temperature">eta of the target.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    /// <returns>The largest distance of a probability of the target from the policy's; NaN where a value is not finite.</returns>
    public double Evaluate(double temperature, CancellationToken cancellationToken)
    {
        _temperature = temperature;
        Advance(cancellationToken);
        double distance = 0;
        for (_time = _game.Horizon - 1; _time >= 0; _time--)
        {
            double found = _crew.Run(this, _states, _stateCost, cancellationToken);
            distance = found > distance || double.IsNaN(found) ? found : distance;
        }

        return distance;
    }

    /// <summary>One time of the backward induction.</summary>
    public double Run(int start, int end, CancellationToken cancellationToken)
    {
        Span<double> next = stackalloc double[_game.TransitionsDependOnPopulation ? _states : 0];
        int later = (_time + 1) * _states;
        var population = Flow.AsSpan(_time * _states, _states);
        double distance = 0;
        for (int s = start; s < end; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int cell = (_time * _states) + s;
            var policy = Policy.AsSpan(cell * _actions, _actions);
            var target = Target.AsSpan(cell * _actions, _actions);
            double played = 0, best = double.NegativeInfinity;
            for (int a = 0; a < _actions; a++)
            {
                double reward = _game.Reward(_time, s, a, population);
                var row = _moves.Row(_time, s, a, population, next);
                double hard = reward + row.Expect(_best.AsSpan(later, _states));
                played += policy[a] * (reward + row.Expect(Values.AsSpan(later, _states)));
                best = Math.Max(best, hard);
                target[a] = _soft.Length == 0 ? hard : reward + row.Expect(_soft.AsSpan(later, _states)); // vsg Eq. (11)
            }

            (Values[cell], _best[cell]) = (played, best);
            double soft = Answer(target, LogPrior.AsSpan(cell * _actions, _actions), best);
            if (_soft.Length > 0) _soft[cell] = soft;
            distance = Farther(distance, policy, target);
        }

        return distance;
    }

    private static double Farther(double distance, ReadOnlySpan<double> policy, ReadOnlySpan<double> target)
    {
        for (int a = 0; a < policy.Length; a++)
        {
            double found = Math.Abs(target[a] - policy[a]);
            distance = found > distance || double.IsNaN(found) ? found : distance;
        }

        return distance;
    }

    private double Answer(Span<double> row, ReadOnlySpan<double> logPrior, double best)
    {
        if (_update is MeanFieldUpdate.RelativeEntropy or MeanFieldUpdate.Boltzmann) return MeanFieldKernels.Soften(row, logPrior, _temperature);
        MeanFieldKernels.Respond(row, best);
        return best;
    }

    // mu_t+1(s') = sum over s, a of mu_t(s) pi_t(a | s) P(t, s, a, s', mu_t): the mean field L_t(s, a) of vsg section 5.2 is mu_t(s) pi_t(a | s).
    private void Advance(CancellationToken cancellationToken)
    {
        var next = _scratch.AsSpan(0, _states);
        _game.Initial.AsSpan().CopyTo(Flow);
        for (int t = 0; t + 1 < _game.Horizon; t++)
        {
            Span<double> population = Flow.AsSpan(t * _states, _states), later = Flow.AsSpan((t + 1) * _states, _states);
            later.Clear();
            for (int s = 0; s < _states; s++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (population[s] == 0) continue;
                for (int a = 0; a < _actions; a++)
                {
                    double weight = population[s] * Policy[(((t * _states) + s) * _actions) + a];
                    if (weight != 0) _moves.Row(t, s, a, population, next).Spread(weight, later);
                }
            }
        }
    }

    private double FromStart(ReadOnlySpan<double> values)
    {
        double sum = 0;
        for (int s = 0; s < _states; s++) sum += _game.Initial[s] * values[s];
        return sum;
    }
}
