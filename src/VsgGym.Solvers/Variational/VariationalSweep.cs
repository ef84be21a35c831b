using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>All players' tables and one iteration of vsg Algorithm 1 over them, without samples; nothing is allocated after the start.</summary>
internal sealed class VariationalSweep : ICrewWork
{
    private readonly StochasticGame _game;
    private readonly VariationalSettings _settings;
    private readonly WorkCrew _crew;
    private bool _improves; // what the crew does: evaluate, or improve
    private int _time;
    private long _iteration;

    public VariationalSweep(StochasticGame game, VariationalSettings settings, WorkCrew crew, CancellationToken cancellationToken)
    {
        (_game, _settings, _crew) = (game, settings, crew);
        bool infers = settings.OpponentModel == OpponentModelForm.Proposition_5_9;
        Players = [.. Enumerable.Range(0, game.PlayerCount).Select(p => new VariationalPlayer(game, p, infers, cancellationToken))];
        RefreshModels(cancellationToken);
    }

    public VariationalPlayer[] Players { get; }

    /// <summary>The largest KL(rho_i || what the others play) over players and rows: epsilon_rho of vsg Proposition 5.5.</summary>
    public double LargestDivergence()
    {
        double largest = 0;
        for (int row = 0; row < Players[0].Rows; row++)
        {
            double sum = 0, least = double.PositiveInfinity;
            foreach (var player in Players)
            {
                double own = VariationalPlayer.Divergence(player.Model.AsSpan(row * player.Actions, player.Actions), player.Marginal.AsSpan(row * player.Actions, player.Actions));
                sum += own;
                least = Math.Min(least, own);
            }

            largest = Math.Max(largest, sum - least);
        }

        return largest;
    }

    /// <summary>Recomputes every rho and bonus, after policies or models were set from outside.</summary>
    public void RefreshModels(CancellationToken cancellationToken)
    {
        foreach (var player in Players)
        {
            for (int row = 0; row < player.Rows; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                player.RefreshModel(Players, row, _settings.Temperature);
            }
        }
    }

    /// <summary>One iteration; NaN where a number left the finite range, and then the values stay.</summary>
    public double Step(CancellationToken cancellationToken)
    {
        _iteration++;
        double residual = 0;
        for (int t = (_game.Horizon ?? 1) - 1; t >= 0; t--)
        {
            _time = t;
            double change = Evaluate(cancellationToken);
            if (!double.IsFinite(change)) return double.NaN;
            double defect = Sweep(true, cancellationToken);
            if (!double.IsFinite(defect)) return double.NaN;
            foreach (var player in Players)
                if (player.ModelNext.Length > 0) player.ModelNext.CopyTo(player.ModelValues.AsSpan(t * _game.StateCount));
            residual = Math.Max(residual, Math.Max(change, defect));
        }

        return residual;
    }

    double ICrewWork.Run(int start, int end, CancellationToken cancellationToken)
    {
        double largest = 0;
        for (int s = start; s < end; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double result = _improves ? Improve(s, cancellationToken) : Evaluate(s, cancellationToken);
            largest = result > largest || double.IsNaN(result) ? result : largest;
        }

        return largest;
    }

    // V of the present policies: one sweep per time with a horizon, else until the values are settled.
    private double Evaluate(CancellationToken cancellationToken)
    {
        double change;
        int sweeps = 0;
        do
        {
            change = Sweep(false, cancellationToken);
            if (!double.IsFinite(change)) return change;
            foreach (var player in Players) player.Next.CopyTo(player.Values.AsSpan(_time * _game.StateCount));
        }
        while (_game.Horizon is null && change > _settings.Settled && ++sweeps < _settings.EvaluationSweeps);
        return change;
    }

    private double Sweep(bool improves, CancellationToken cancellationToken)
    {
        _improves = improves;
        return _crew.Run(this, _game.StateCount, SweepCost.OfBackups(_game, 4 * _game.PlayerCount), cancellationToken);
    }

    private double Evaluate(int state, CancellationToken cancellationToken)
    {
        int joint = _game.JointActionCount, row = (_time * _game.StateCount) + state;
        double change = 0;
        for (int p = 0; p < Players.Length; p++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var player = Players[p];
            var payoffs = player.Payoffs.AsSpan(state * joint, joint);
            Continuation.Fill(_game, p, state, Later(player.Values), payoffs);
            double mean = ConditionalKernels.Expect(payoffs, player.Rho.AsSpan(row * player.Others, player.Others), player.Policy.AsSpan(row * joint, joint), player.Stride);
            player.Next[state] = mean + player.Bonus[row]; // vsg Definition 5.1
            double distance = Math.Abs(player.Next[state] - player.Values[row]);
            change = distance > change || double.IsNaN(distance) ? distance : change;
        }

        return change;
    }

    private double Improve(int state, CancellationToken cancellationToken)
    {
        int joint = _game.JointActionCount, row = (_time * _game.StateCount) + state;
        double defect = 0;
        foreach (var player in Players)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var q = player.Payoffs.AsSpan(state * joint, joint);
            var rho = player.Rho.AsSpan(row * player.Others, player.Others);
            Span<double> log = player.LogPolicy.AsSpan(row * joint, joint), policy = player.Policy.AsSpan(row * joint, joint);
            double distance = _settings.PolicyForm == PolicyForm.Conditional
                ? ConditionalKernels.Improve(q, player.Actions, player.Stride, _settings.Weight, _settings.Temperature, log, policy, cancellationToken)
                : ConditionalKernels.ImproveIndependent(q, rho, player.Stride, _settings.Weight, _settings.Temperature, log, policy);
            double moved = ConditionalKernels.Marginal(rho, policy, player.Marginal.AsSpan(row * player.Actions, player.Actions));
            defect = Math.Max(defect, Math.Max(distance, moved));
        }

        for (int p = 0; p < Players.Length; p++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            defect = Math.Max(defect, Model(p, state, row));
        }

        foreach (var player in Players)
        {
            cancellationToken.ThrowIfCancellationRequested();
            player.RefreshModel(Players, row, _settings.Temperature);
        }

        return defect;
    }

    // What the others think of player p from here on; how far it was from that before.
    private double Model(int p, int state, int row)
    {
        var player = Players[p];
        var model = player.Model.AsSpan(row * player.Actions, player.Actions);
        var played = player.Marginal.AsSpan(row * player.Actions, player.Actions);
        if (_settings.OpponentModel == OpponentModelForm.Proposition_5_9) return Infer(p, state, row, model, played);
        double defect = 0, weight = _settings.OpponentModel == OpponentModelForm.Exact ? 1 : 1.0 / (_iteration + 1);
        for (int a = 0; a < model.Length; a++)
        {
            defect = Math.Max(defect, Math.Abs(played[a] - model[a]));
            model[a] = weight == 1 ? played[a] : model[a] + (weight * (played[a] - model[a]));
        }

        return defect;
    }

    private double Infer(int p, int state, int row, Span<double> model, ReadOnlySpan<double> played)
    {
        var player = Players[p];
        int joint = _game.JointActionCount;
        var q = player.ModelPayoffs.AsSpan(state * joint, joint);
        var rho = player.Rho.AsSpan(row * player.Others, player.Others); // the other models, rho_-j
        Continuation.Fill(_game, p, state, Later(player.ModelValues), q);
        double defect = OpponentInference.Model(q, rho, played, player.Stride, _settings.Temperature, model, out double value);
        defect = Math.Max(defect, Math.Abs(value - player.ModelValues[row]));
        player.ModelNext[state] = value;
        return defect;
    }

    private ReadOnlySpan<double> Later(double[] values) => _game.Horizon is null ? values : values.AsSpan((_time + 1) * _game.StateCount, _game.StateCount);
}
