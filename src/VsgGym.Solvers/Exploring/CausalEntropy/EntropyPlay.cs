using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Exploring players over all times, each time started afresh at Q = 0, for the game's rewards and others on top; nothing is allocated after the start.</summary>
internal sealed class EntropyPlay
{
    private readonly StochasticGame _game;
    private readonly WorkCrew _crew;
    private readonly ExploringPlayers _players;
    private readonly PayoffWork _payoffWork;
    private readonly double[][] _payoffs; // [N][S * J]: reward now and value of what follows, of each joint action
    private bool _payoffsAreOfTime;

    public EntropyPlay(StochasticGame game, double inverseTemperature, ValueOperator valueOperator, WorkCrew crew)
    {
        (_game, _crew) = (game, crew);
        _players = new ExploringPlayers(game, inverseTemperature, valueOperator, crew, vectorized: false);
        _payoffWork = new PayoffWork(this);
        int times = game.Horizon ?? 1, states = game.StateCount;
        Policies = [.. game.ActionCounts.Select(actions => new double[checked(times * states * actions)])];
        Values = [.. game.Players.Select(_ => new double[checked(Layers * states)])];
        Bonus = [.. game.ActionCounts.Select(actions => new double[states * actions])];
        _payoffs = [.. game.Players.Select(_ => new double[states * game.JointActionCount])];
        Restart();
    }

    /// <summary>The time that the next sweep is of; -1 when all are settled. 0 in a discounted game.</summary>
    public int Time { get; private set; }

    /// <summary>[N][T * S * A], settled behind <see cref="Time"/>; [N][S * A] in a discounted game.</summary>
    public double[][] Policies { get; }

    /// <summary>[N][(T + 1) * S], settled behind <see cref="Time"/>; [N][S] in a discounted game.</summary>
    public double[][] Values { get; }

    /// <summary>[N][S * A], what a player's own actions pay beside the game's rewards; read when a time begins.</summary>
    public double[][] Bonus { get; }

    private int Layers => _game.Horizon is { } horizon ? horizon + 1 : 1;

    /// <summary>The bytes that the tables take.</summary>
    public static double EstimateBytes(StochasticGame game)
    {
        double times = (game.Horizon ?? 0) + 1.0, actions = game.ActionCounts.Sum(count => (double)count), players = game.PlayerCount;
        return ExploringPlayers.EstimateBytes(game) + (sizeof(double) * (double)game.StateCount * (((times + 1) * (actions + players)) + (players * game.JointActionCount)));
    }

    /// <summary>Back to the last time, and Q = 0.</summary>
    public void Restart()
    {
        Time = _game.Horizon is { } horizon ? horizon - 1 : 0;
        if (_game.Horizon is { } last)
            for (int p = 0; p < _game.PlayerCount; p++) _game.TerminalRewards(p).CopyTo(Values[p].AsSpan(last * _game.StateCount)); // Z(T + 1) = 1 without rewards at the end
        Refresh();
    }

    /// <summary>One simultaneous sweep of the present time, which is settled when its residual is below the tolerance.</summary>
    /// <returns>max |U - Q| before the move; NaN when a number is not finite.</returns>
    public double Sweep(double damping, double tolerance, CancellationToken cancellationToken)
    {
        if (_game.Horizon is null || !_payoffsAreOfTime) FillPayoffs(cancellationToken);
        double residual = _players.Sweep(_payoffs, damping, cancellationToken); // mge Theorem 4: E over pi_-i
        if (_game.Horizon is null)
        {
            for (int p = 0; p < Values.Length; p++) _players.CopyValues(p, Values[p]);
            if (residual < tolerance) Write(0);
        }
        else if (residual < tolerance)
        {
            _players.Sweep(_payoffs, 1, cancellationToken);
            Write(Time);
            Time--;
            if (Time >= 0) Refresh();
        }

        return residual;
    }

    /// <summary>Begins the present time, or a discounted game, with the answer to given policies, [N][S * A].</summary>
    public void Answer(double[][] policies, CancellationToken cancellationToken)
    {
        if (!_payoffsAreOfTime) FillPayoffs(cancellationToken);
        for (int p = 0; p < policies.Length; p++) policies[p].CopyTo(_players.Policies[p].AsSpan());
        _players.Sweep(_payoffs, 1, cancellationToken);
        if (_game.Horizon is not null) return;
        for (int p = 0; p < Values.Length; p++) _players.CopyValues(p, Values[p]);
    }

    /// <summary>Sweeps until every time is settled.</summary>
    /// <param name="damping">The weight of the new action values.</param>
    /// <param name="tolerance">Of a time's residual.</param>
    /// <param name="most">The most sweeps.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    /// <returns>Whether it came to that; else the times left hold the present policies, and a number may have left the finite range.</returns>
    public bool Settle(double damping, double tolerance, int most, CancellationToken cancellationToken)
    {
        for (int k = 0; k < most; k++)
        {
            double residual = Sweep(damping, tolerance, cancellationToken);
            if (double.IsNaN(residual)) break;
            if (_game.Horizon is null ? residual < tolerance : Time < 0) return true;
        }

        WriteUnsettled();
        return false;
    }

    /// <summary>Writes the present policies and values where a time is not settled yet.</summary>
    public void WriteUnsettled()
    {
        for (int t = _game.Horizon is null ? 0 : Time; t >= 0; t--) Write(t);
    }

    private void FillPayoffs(CancellationToken cancellationToken)
    {
        _crew.Run(_payoffWork, _game.StateCount, _players.StateCost, cancellationToken);
        _payoffsAreOfTime = true;
    }

    // Q = 0, and in a discounted game the values of Q = 0
    private void Refresh()
    {
        _players.Restart();
        if (_game.Horizon is null)
            for (int p = 0; p < Values.Length; p++) _players.CopyValues(p, Values[p]);
        _payoffsAreOfTime = false;
    }

    private void Write(int time)
    {
        int states = _game.StateCount;
        for (int p = 0; p < Policies.Length; p++)
        {
            _players.Policies[p].CopyTo(Policies[p].AsSpan(time * states * _game.ActionCounts[p]));
            _players.CopyValues(p, Values[p].AsSpan(time * states, states));
        }
    }

    private sealed class PayoffWork(EntropyPlay all) : ICrewWork
    {
        public double Run(int start, int end, CancellationToken cancellationToken)
        {
            var game = all._game;
            int states = game.StateCount, joint = game.JointActionCount, next = game.Horizon is null ? 0 : (all.Time + 1) * states;
            for (int p = 0; p < all._payoffs.Length; p++)
            {
                int actions = game.ActionCounts[p], stride = game.Strides[p];
                for (int s = start; s < end; s++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var payoffs = all._payoffs[p].AsSpan(s * joint, joint);
                    Continuation.Fill(game, p, s, all.Values[p].AsSpan(next, states), payoffs);
                    for (int a = 0; a < joint; a++) payoffs[a] += all.Bonus[p][(s * actions) + (a / stride % actions)];
                }
            }

            return 0;
        }
    }
}
