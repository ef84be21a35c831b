using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>What one player of the variational methods knows and plays; a row is (time, state), with one time in a discounted game.</summary>
internal sealed class VariationalPlayer
{
    private readonly StochasticGame _game;
    private readonly int _player;

    /// <summary>Starts with uniform policies over the legal actions and with values 0, at time T those of the game.</summary>
    public VariationalPlayer(StochasticGame game, int player, bool infersModel, CancellationToken cancellationToken)
    {
        (_game, _player) = (game, player);
        Actions = game.ActionCounts[player];
        Others = game.JointActionCount / Actions;
        int states = game.StateCount;
        Rows = checked((game.Horizon ?? 1) * states);
        Payoffs = new double[states * game.JointActionCount];
        LogPolicy = new double[checked(Rows * game.JointActionCount)];
        Policy = new double[LogPolicy.Length];
        (Marginal, Model) = (new double[Rows * Actions], new double[Rows * Actions]);
        Rho = new double[Rows * Others];
        Bonus = new double[Rows];
        Values = AtTheEnd();
        Next = new double[states];
        ModelPayoffs = infersModel ? new double[Payoffs.Length] : [];
        ModelValues = infersModel ? AtTheEnd() : [];
        ModelNext = infersModel ? new double[states] : [];
        for (int row = 0; row < Rows; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Start(row);
        }
    }

    /// <summary>A, the number of own actions.</summary>
    public int Actions { get; }

    /// <summary>O, the number of joint actions of the others.</summary>
    public int Others { get; }

    /// <summary>T S, or S in a discounted game.</summary>
    public int Rows { get; }

    /// <summary>What a step of one own action adds to the joint action's number.</summary>
    public int Stride => _game.Strides[_player];

    /// <summary>Q without the log prior, [S, J], of the time being swept.</summary>
    public double[] Payoffs { get; }

    /// <summary>log pi(a | s, o), [rows, O, A], minus infinity where illegal.</summary>
    public double[] LogPolicy { get; }

    /// <summary>pi(a | s, o), [rows, O, A].</summary>
    public double[] Policy { get; }

    /// <summary>What is played, [rows, A].</summary>
    public double[] Marginal { get; }

    /// <summary>What the others think that it plays, [rows, A].</summary>
    public double[] Model { get; }

    /// <summary>What it thinks that the others play together, [rows, O].</summary>
    public double[] Rho { get; }

    /// <summary>tau (entropy of the policy - divergence of rho from what is played), [rows].</summary>
    public double[] Bonus { get; }

    /// <summary>V, [(T + 1) S] or [S].</summary>
    public double[] Values { get; }

    /// <summary>V as just swept, [S].</summary>
    public double[] Next { get; }

    /// <summary>Q of <see cref="ModelValues"/>, [S, J], where models are inferred.</summary>
    public double[] ModelPayoffs { get; }

    /// <summary>The soft values of vsg section 5.1.2, as <see cref="Values"/>, where models are inferred.</summary>
    public double[] ModelValues { get; }

    /// <summary>Those as just swept, [S].</summary>
    public double[] ModelNext { get; }

    /// <summary>The bytes that all players' tables take.</summary>
    public static long EstimateBytes(StochasticGame game, bool infersModel)
    {
        double states = game.StateCount, rows = (game.Horizon ?? 1) * states, joint = game.JointActionCount;
        double own = game.ActionCounts.Sum(actions => (double)actions), others = game.ActionCounts.Sum(actions => joint / actions);
        double numbers = (game.PlayerCount * ((2 * rows * joint) + (states * joint) + (2 * rows) + (3 * states))) + (rows * ((2 * own) + others));
        double inferred = infersModel ? game.PlayerCount * ((states * joint) + rows + (2 * states)) : 0;
        return (long)Math.Min(sizeof(double) * (numbers + inferred), long.MaxValue / 2);
    }

    /// <summary>Sets the policy of a row, whatever the others do.</summary>
    /// <param name="row">The row.</param>
    /// <param name="probabilities">[A], 0 for illegal actions.</param>
    public void SetPolicy(int row, ReadOnlySpan<double> probabilities)
    {
        for (int o = 0; o < Others; o++) SetPolicy(row, o, probabilities);
        probabilities.CopyTo(Marginal.AsSpan(row * Actions, Actions));
        probabilities.CopyTo(Model.AsSpan(row * Actions, Actions));
    }

    /// <summary>Sets the policy of a row for one joint action of the others.</summary>
    public void SetPolicy(int row, int others, ReadOnlySpan<double> probabilities)
    {
        int start = ((row * Others) + others) * Actions;
        probabilities.CopyTo(Policy.AsSpan(start, Actions));
        for (int a = 0; a < Actions; a++)
            LogPolicy[start + a] = _game.IsLegal(_player, row % _game.StateCount, a) ? Math.Log(Math.Max(probabilities[a], double.Epsilon)) : double.NegativeInfinity;
    }

    /// <summary>Recomputes rho and the bonus of a row from the others' models and policies.</summary>
    public void RefreshModel(VariationalPlayer[] players, int row, double temperature)
    {
        var rho = Rho.AsSpan(row * Others, Others);
        rho[0] = 1;
        int size = 1;
        double divergence = 0;
        for (int p = players.Length - 1; p >= 0; p--)
        {
            if (p == _player) continue;
            int actions = players[p].Actions;
            var model = players[p].Model.AsSpan(row * actions, actions);
            for (int a = actions - 1; a >= 0; a--) // block 0 holds the factors, so it is scaled last
                for (int k = 0; k < size; k++) rho[(a * size) + k] = model[a] * rho[k];
            size *= actions;
            divergence += Divergence(model, players[p].Marginal.AsSpan(row * actions, actions)); // of a product, the sum over its factors
        }

        Bonus[row] = temperature * (ConditionalKernels.Entropy(rho, Policy.AsSpan(row * rho.Length * Actions, rho.Length * Actions)) - divergence);
    }

    /// <summary>KL(model || played); a probability too small for a number counts as the smallest.</summary>
    public static double Divergence(ReadOnlySpan<double> model, ReadOnlySpan<double> played)
    {
        double sum = 0;
        for (int a = 0; a < model.Length; a++)
            if (model[a] > 0) sum += model[a] * Math.Log(model[a] / Math.Max(played[a], double.Epsilon));
        return sum;
    }

    /// <summary>The conditional policies in the order of the joint actions, [rows, J].</summary>
    public double[] PolicyByJointAction()
    {
        int joint = _game.JointActionCount;
        var ordered = new double[Policy.Length];
        for (int row = 0; row < Rows; row++)
            for (int o = 0; o < Others; o++)
                for (int a = 0; a < Actions; a++)
                    ordered[(row * joint) + ConditionalKernels.Joint(o, a, Stride, Actions)] = Policy[(((row * Others) + o) * Actions) + a];
        return ordered;
    }

    private void Start(int row)
    {
        int state = row % _game.StateCount, legal = 0;
        var uniform = Marginal.AsSpan(row * Actions, Actions);
        for (int a = 0; a < Actions; a++) legal += _game.IsLegal(_player, state, a) ? 1 : 0;
        for (int a = 0; a < Actions; a++) uniform[a] = _game.IsLegal(_player, state, a) ? 1.0 / legal : 0;
        SetPolicy(row, uniform);
    }

    private double[] AtTheEnd()
    {
        if (_game.Horizon is null) return new double[_game.StateCount];
        var values = new double[Rows + _game.StateCount];
        _game.TerminalRewards(_player).CopyTo(values.AsSpan(Rows));
        return values;
    }
}
