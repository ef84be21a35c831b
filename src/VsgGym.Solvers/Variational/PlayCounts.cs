using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>What reward inference needs of logged play.</summary>
internal sealed class PlayCounts
{
    /// <summary>Checks and counts.</summary>
    /// <param name="game">The table.</param>
    /// <param name="play">Episodes of decisions [state, action of each player].</param>
    /// <param name="player">j, whose rewards are looked for.</param>
    /// <param name="path">Where the option stands.</param>
    /// <param name="cancellationToken">Checked between players.</param>
    /// <exception cref="VsgGymException">Every decision that is none of the game.</exception>
    public PlayCounts(StochasticGame game, IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> play, int player, string path, CancellationToken cancellationToken)
    {
        Check(game, play, path);
        Length = play.Max(episode => episode.Count);
        Discounted = new double[game.StateCount * game.JointActionCount];
        Counts = new double[Discounted.Length];
        int own = game.ActionCounts[player];
        Decisions = new double[(game.Horizon ?? 1) * game.StateCount * own];
        DiscountedDecisions = new double[Decisions.Length];
        First = new double[game.StateCount];
        GoesOn = new double[Length];
        var actions = new int[game.PlayerCount];
        var alive = new double[Length + 1];
        foreach (var episode in play)
        {
            First[episode[0][0]] += 1.0 / play.Count;
            double weight = 1.0 / play.Count;
            for (int t = 0; t < episode.Count; t++)
            {
                for (int p = 0; p < actions.Length; p++) actions[p] = episode[t][p + 1];
                int row = (episode[t][0] * game.JointActionCount) + game.JointAction(actions);
                Counts[row]++;
                Discounted[row] += weight;
                int decision = ((((game.Horizon is null ? 0 : t) * game.StateCount) + episode[t][0]) * own) + actions[player];
                Decisions[decision] += 1.0;
                DiscountedDecisions[decision] += weight;
                weight *= game.Discount;
                if (t + 1 < episode.Count) GoesOn[t]++;
                if (game.RowStarts[row] < game.RowStarts[row + 1]) alive[t]++;
            }
        }

        for (int t = 0; t < Length; t++) GoesOn[t] = alive[t] > 0 ? GoesOn[t] / alive[t] : 0;
        Policies = [.. Enumerable.Range(0, game.PlayerCount).Select(p => Frequencies(game, p, cancellationToken))];
        cancellationToken.ThrowIfCancellationRequested();
        Others = OthersOf(game, player);
    }

    /// <summary>The most decisions of an episode.</summary>
    public int Length { get; }

    /// <summary>The mean over episodes of the discounted number of visits, [S, J].</summary>
    public double[] Discounted { get; }

    /// <summary>How often each row was seen, [S, J].</summary>
    public double[] Counts { get; }

    /// <summary>How often the player was seen to take each action, [T or 1, S, A].</summary>
    public double[] Decisions { get; }

    /// <summary>The mean over episodes of the same, discounted.</summary>
    public double[] DiscountedDecisions { get; }

    /// <summary>The frequencies of the first states, [S].</summary>
    public double[] First { get; }

    /// <summary>How often an episode went on after decision t, where its move did not end it, [Length].</summary>
    public double[] GoesOn { get; }

    /// <summary>What each player was seen to do, [N][S * A_p], uniform in states never seen.</summary>
    public double[][] Policies { get; }

    /// <summary>rho_-j, the product of the others' policies, [S, O].</summary>
    public double[] Others { get; }

    private static void Check(StochasticGame game, IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> play, string path)
    {
        var faults = new FaultList();
        if (play.Count == 0) faults.Add(path, "[]", "must have at least one episode", "empty");
        for (int e = 0; e < play.Count; e++)
        {
            if (play[e].Count == 0) faults.Add($"{path}[{e}]", "[]", "an episode must have at least one decision", "empty");
            if (play[e].Count > (game.Horizon ?? int.MaxValue)) faults.Add($"{path}[{e}]", $"{play[e].Count} decisions", $"must have at most {game.Horizon}, the game's horizon", "out_of_range");
            for (int t = 0; t < play[e].Count; t++) Check(game, play[e], t, $"{path}[{e}][{t}]", faults);
        }

        faults.ThrowIfAny();
    }

    private static void Check(StochasticGame game, IReadOnlyList<IReadOnlyList<int>> episode, int t, string path, FaultList faults)
    {
        var decision = episode[t];
        string shown = $"[{string.Join(", ", decision)}]";
        if (decision.Count != game.PlayerCount + 1)
        {
            faults.Add(path, shown, $"must be the state's number and the action's number of each player: {string.Join(", ", game.Players)}", "wrong_shape");
            return;
        }

        if ((uint)decision[0] >= (uint)game.StateCount) faults.Add($"{path}[0]", decision[0], $"a state must be in [0, {game.StateCount - 1}]", "out_of_range");
        bool sound = (uint)decision[0] < (uint)game.StateCount;
        for (int p = 0; p < game.PlayerCount; p++)
        {
            int action = decision[p + 1];
            if ((uint)action >= (uint)game.ActionCounts[p]) faults.Add($"{path}[{p + 1}]", action, $"an action of {game.Players[p]} must be in [0, {game.ActionCounts[p] - 1}]", "out_of_range");
            else if (sound && !game.IsLegal(p, decision[0], action)) faults.Add($"{path}[{p + 1}]", action, $"is illegal for {game.Players[p]} in state {decision[0]}", "illegal_action");
            sound &= (uint)action < (uint)game.ActionCounts[p];
        }

        if (!sound || t + 1 >= episode.Count || episode[t + 1].Count == 0) return;
        int row = (decision[0] * game.JointActionCount) + game.JointAction([.. decision.Skip(1)]), next = episode[t + 1][0];
        var successors = game.NextStates[game.RowStarts[row]..game.RowStarts[row + 1]];
        int found = successors.IndexOf(next);
        if (found < 0 || game.Probabilities[game.RowStarts[row] + found] <= 0) faults.Add(path, shown, $"does not lead to state {next}, the next of the episode", "impossible_move");
    }

    private double[] Frequencies(StochasticGame game, int player, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int actions = game.ActionCounts[player];
        double[] policy = BackwardInduction.At(PolicyProfile.Uniform(game), 0)[player], seen = new double[policy.Length];
        for (int row = 0; row < Counts.Length; row++) seen[((row / game.JointActionCount) * actions) + game.ActionOf(player, row % game.JointActionCount)] += Counts[row];
        for (int s = 0; s < game.StateCount; s++)
        {
            double sum = seen.AsSpan(s * actions, actions).ToArray().Sum();
            for (int a = 0; sum > 0 && a < actions; a++) policy[(s * actions) + a] = seen[(s * actions) + a] / sum;
        }

        return policy;
    }

    private double[] OthersOf(StochasticGame game, int player)
    {
        int joint = game.JointActionCount, actions = game.ActionCounts[player], others = joint / actions;
        var weights = new double[joint];
        var rho = new double[game.StateCount * others];
        for (int s = 0; s < game.StateCount; s++)
        {
            JointWeights.Fill(game, player, s, Policies, weights);
            for (int o = 0; o < others; o++) rho[(s * others) + o] = weights[ConditionalKernels.Joint(o, 0, game.Strides[player], actions)];
        }

        return rho;
    }
}
