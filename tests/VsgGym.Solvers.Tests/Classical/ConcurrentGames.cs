using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>Zero-sum games whose values other programs print: three from the test suite of PRISM-games, one from a text on minimax Q-learning.</summary>
internal static class ConcurrentGames
{
    private const int Channels = 3; // the fourth, which only the jammer can reach, changes nothing
    private const double Toggles = .75;
    private static readonly (int Dx, int Dy)[] RobotMoves = [(0, 1), (1, 0), (1, 1), (0, 0)];

    /// <summary>Rock, paper, scissors until the first player has won once; the payoff is the probability of that.</summary>
    public static StochasticGame RockPaperScissorsUntilWon(int rounds)
    {
        var builder = Start(1, 3, 3);
        for (int joint = 0; joint < 9; joint++)
        {
            bool won = ((joint / 3) - (joint % 3) + 3) % 3 == 1;
            Pay(builder, 0, joint, won ? 1 : 0);
            if (!won) builder.AddTransition(0, joint, 0, 1);
        }

        return builder.BuildFiniteHorizon(rounds);
    }

    /// <summary>Jamming: three channels toggle between free and busy, the user sends on one, the jammer blocks the second, the third or none of them. A message gets
    /// through where its channel turns out free and was not blocked.</summary>
    /// <param name="slots">Decisions; all channels start busy.</param>
    /// <param name="enough">Null: the payoff is the number of messages that get through. Else the probability of so many.</param>
    public static StochasticGame Jamming(int slots, int? enough)
    {
        int counts = enough is null ? 1 : slots + 1, states = 1 << Channels;
        var builder = Start(states * counts, Channels, Channels);
        for (int state = 0; state < states * counts; state++)
        {
            int busy = state % states, sent = state / states;
            if (enough is { } needed && sent >= needed) builder.SetTerminalReward(0, state, 1).SetTerminalReward(1, state, -1);
            for (int joint = 0; joint < Channels * Channels; joint++)
            {
                int channel = joint / Channels, jammed = joint % Channels + 1; // 3: none that is used
                double through = channel == jammed ? 0 : (busy >> channel & 1) == 1 ? Toggles : 1 - Toggles;
                if (enough is null) Pay(builder, state, joint, through);
                for (int next = 0; next < states; next++)
                {
                    double probability = 1;
                    for (int c = 0; c < Channels; c++) probability *= (next >> c & 1) == (busy >> c & 1) ? 1 - Toggles : Toggles;
                    int more = enough is not null && channel != jammed && (next >> channel & 1) == 0 ? 1 : 0;
                    builder.AddTransition(state, joint, (Math.Min(counts - 1, sent + more) * states) + next, probability);
                }
            }
        }

        double[] initial = new double[states * counts];
        initial[states - 1] = 1;
        return builder.WithInitial(initial).BuildFiniteHorizon(slots);
    }

    /// <summary>Two robots cross a square grid from opposite corners and may slip sideways; the first wants to arrive without having met the other, which wants to
    /// meet it. The payoff is the probability.</summary>
    /// <param name="size">Cells a side.</param>
    /// <param name="slip">The probability to slip.</param>
    /// <param name="horizon">Decisions.</param>
    public static StochasticGame Robots(int size, double slip, int horizon)
    {
        int cells = size * size;
        var builder = Start(cells * cells, 4, 4);
        for (int first = 0; first < cells; first++)
        {
            for (int second = 0; second < cells; second++)
            {
                int state = (first * cells) + second;
                for (int a = 0; a < 4; a++)
                {
                    // The second robot's world is the first's, turned by half.
                    if (Moves(first, a, size, slip) is null) builder.Forbid(0, state, a);
                    if (Moves(cells - 1 - second, a, size, slip) is null) builder.Forbid(1, state, a);
                }

                for (int joint = 0; first != second && joint < 16; joint++)
                    if (Moves(first, joint / 4, size, slip) is { } ours && Moves(cells - 1 - second, joint % 4, size, slip) is { } theirs) Cross(builder, state, joint, ours, theirs, cells);
            }
        }

        double[] initial = new double[cells * cells];
        initial[cells - 1] = 1;
        return builder.WithInitial(initial).BuildFiniteHorizon(horizon);
    }

    /// <summary>Penalty kicks: rows kick left or right, columns dive left or right; after some pairs the next kick is taken in state 1 (rattled), where every chance to score
    /// is 0.7 of that in state 0 (fresh).</summary>
    /// <param name="rattles">The probability that a pair rattles, by joint action.</param>
    public static StochasticGame PenaltyKicks(params double[] rattles)
    {
        double[] scores = [0, 1, 1, .5];
        var builder = Start(2, 2, 2);
        for (int state = 0; state < 2; state++)
        {
            for (int joint = 0; joint < 4; joint++)
            {
                double score = scores[joint] * (state == 0 ? 1 : .7), rattled = double.IsNaN(rattles[joint]) ? 1 - score : rattles[joint];
                Pay(builder, state, joint, score);
                if (rattled < 1) builder.AddTransition(state, joint, 0, 1 - rattled);
                if (rattled > 0) builder.AddTransition(state, joint, 1, rattled);
            }
        }

        return builder.BuildDiscounted(.9);
    }

    private static StochasticGameBuilder Start(int states, int rows, int columns) => new(["player_0", "player_1"], states, [rows, columns]);

    private static void Pay(StochasticGameBuilder builder, int state, int joint, double reward) => builder.SetReward(0, state, joint, reward).SetReward(1, state, joint, 0 - reward);

    // Arriving, also where the other stands, pays 1 and ends; meeting on the way ends. State 0, of one cell for both, is the end.
    private static void Cross(StochasticGameBuilder builder, int state, int joint, (int Cell, double Probability)[] ours, (int Cell, double Probability)[] theirs, int cells)
    {
        double arrived = 0;
        var next = new SortedDictionary<int, double>();
        foreach (var (first, p) in ours)
        {
            foreach (var (turned, q) in theirs)
            {
                int second = cells - 1 - turned;
                if (first == cells - 1) arrived += p * q;
                int to = first == cells - 1 || first == second ? 0 : (first * cells) + second;
                next[to] = next.GetValueOrDefault(to) + (p * q);
            }
        }

        Pay(builder, state, joint, arrived);
        foreach (var (to, probability) in next) builder.AddTransition(state, joint, to, probability);
    }

    // Where a move from the lower left toward the upper right leads; null where it cannot be made.
    private static (int Cell, double Probability)[]? Moves(int cell, int action, int size, double slip)
    {
        int x = cell % size, y = cell / size;
        bool arrived = cell == (size * size) - 1;
        if (action == 3) return arrived ? [(cell, 1)] : null;
        var (dx, dy) = RobotMoves[action];
        if (x + dx >= size || y + dy >= size) return null;
        int At(int column, int row) => (Math.Clamp(row, 0, size - 1) * size) + Math.Clamp(column, 0, size - 1);
        (int Cell, double Probability)[] ends = action switch
        {
            0 => [(At(x, y + 1), 1 - slip), (At(x + 1, y + 1), slip / 2), (At(x - 1, y + 1), slip / 2)],
            1 => [(At(x + 1, y), 1 - slip), (At(x + 1, y + 1), slip / 2), (At(x + 1, y - 1), slip / 2)],
            _ => [(At(x + 1, y + 1), 1 - slip), (At(x, y + 1), slip / 2), (At(x + 1, y), slip / 2)],
        };
        return ends;
    }
}
