using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>All players' action values of a block of states in one pass over its transitions.</summary>
/// <remarks>
/// U_i(s, a_i) = sum over a_-i of the product of the others' pi_j(a_j | s) and r_i(s, a) + discount * sum over s' of P(s' | s, a) V_i(s'). The
/// values of all players in a state lie side by side, so a transition is read once for all of them; two players are computed
/// side by side in one register. The bits are those of <see cref="Continuation"/> and <see cref="Expectation"/>.
/// </remarks>
internal static class JointBackup
{
    private const int CheckedActions = 1 << 12; // joint actions of all players between two looks at a token

    /// <summary>Computes the action values of states [start, end).</summary>
    /// <param name="game">The table.</param>
    /// <param name="start">The first state.</param>
    /// <param name="end">Behind the last one.</param>
    /// <param name="values">V, [S * N], state by state.</param>
    /// <param name="policies">[N][S * A_j].</param>
    /// <param name="updates">[N][S * A_i], the block's part overwritten.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    public static void Run(StochasticGame game, int start, int end, double[] values, double[][] policies, double[][] updates, CancellationToken cancellationToken)
    {
        if (game.PlayerCount == 2) TwoPlayers(game, start, end, values, policies, updates, cancellationToken);
        else AnyPlayers(game, start, end, values, policies, updates, cancellationToken);
    }

    /// <summary>The expectations of given payoffs in states [start, end).</summary>
    /// <param name="game">The table.</param>
    /// <param name="start">The first state.</param>
    /// <param name="end">Behind the last one.</param>
    /// <param name="payoffs">[N][S * J].</param>
    /// <param name="policies">[N][S * A_j].</param>
    /// <param name="updates">[N][S * A_i], the block's part overwritten.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    public static void Expect(StochasticGame game, int start, int end, double[][] payoffs, double[][] policies, double[][] updates, CancellationToken cancellationToken)
    {
        int joint = game.JointActionCount;
        double[] scratch = ArrayPool<double>.Shared.Rent(joint);
        for (int s = start; s < end; s++)
        {
            for (int p = 0; p < payoffs.Length; p++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int actions = game.ActionCounts[p];
                Expectation.Over(game, p, s, policies, payoffs[p].AsSpan(s * joint, joint), scratch, updates[p].AsSpan(s * actions, actions));
            }
        }

        ArrayPool<double>.Shared.Return(scratch);
    }

    // References and native indices instead of spans: the bounds checks would double the time.
    private static void TwoPlayers(StochasticGame game, int start, int end, double[] values, double[][] policies, double[][] updates, CancellationToken cancellationToken)
    {
        nint rows = game.ActionCounts[0], columns = game.ActionCounts[1], row = start * rows * columns;
        double discount = game.Discount;
        ref int starts = ref MemoryMarshal.GetReference(game.RowStarts), next = ref MemoryMarshal.GetReference(game.NextStates);
        ref double probability = ref MemoryMarshal.GetReference(game.Probabilities), value = ref MemoryMarshal.GetArrayDataReference(values);
        ref double first = ref MemoryMarshal.GetReference(game.Rewards(0)), second = ref MemoryMarshal.GetReference(game.Rewards(1));
        ref double policy0 = ref policies[0][0], policy1 = ref policies[1][0], update0 = ref updates[0][0], update1 = ref updates[1][0];
        nint k = Unsafe.Add(ref starts, row);
        for (nint s = start; s < end; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ref double weights1 = ref Unsafe.Add(ref policy1, s * columns), sums1 = ref Unsafe.Add(ref update1, s * columns);
            for (nint b = 0; b < columns; b++) Unsafe.Add(ref sums1, b) = 0;
            for (nint a = s * rows; a < (s + 1) * rows; a++)
            {
                double sum = 0, weight = Unsafe.Add(ref policy0, a);
                for (nint b = 0; b < columns; b++, row++)
                {
                    var later = Vector128<double>.Zero; // of both players
                    for (nint stop = Unsafe.Add(ref starts, row + 1); k < stop; k++)
                        later += Vector128.LoadUnsafe(ref Unsafe.Add(ref value, 2 * (nint)Unsafe.Add(ref next, k))) * Unsafe.Add(ref probability, k);
                    sum += Unsafe.Add(ref weights1, b) * (Unsafe.Add(ref first, row) + (discount * later[0]));
                    Unsafe.Add(ref sums1, b) += weight * (Unsafe.Add(ref second, row) + (discount * later[1]));
                }

                Unsafe.Add(ref update0, a) = sum;
            }
        }
    }

    private static void AnyPlayers(StochasticGame game, int start, int end, double[] values, double[][] policies, double[][] updates, CancellationToken cancellationToken)
    {
        int players = game.PlayerCount, joint = game.JointActionCount;
        double[] payoffs = ArrayPool<double>.Shared.Rent(players * joint), scratch = ArrayPool<double>.Shared.Rent(joint);
        for (int s = start; s < end; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Payoffs(game, s, values, payoffs, cancellationToken);
            for (int p = 0; p < players; p++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int actions = game.ActionCounts[p];
                Expectation.Over(game, p, s, policies, payoffs.AsSpan(p * joint, joint), scratch, updates[p].AsSpan(s * actions, actions));
            }
        }

        ArrayPool<double>.Shared.Return(payoffs);
        ArrayPool<double>.Shared.Return(scratch);
    }

    // payoffs[p, a] = r_p(s, a) + discount * sum P V_p, [N, J]
    private static void Payoffs(StochasticGame game, int state, double[] values, double[] payoffs, CancellationToken cancellationToken)
    {
        int players = game.PlayerCount, joint = game.JointActionCount;
        var starts = game.RowStarts.Slice(state * joint, joint + 1);
        for (int a = 0; a < joint; a++)
        {
            if (a % CheckedActions == 0) cancellationToken.ThrowIfCancellationRequested();
            for (int p = 0; p < players; p++) payoffs[(p * joint) + a] = 0;
            for (int k = starts[a]; k < starts[a + 1]; k++)
            {
                var next = values.AsSpan(game.NextStates[k] * players, players);
                for (int p = 0; p < next.Length; p++) payoffs[(p * joint) + a] += game.Probabilities[k] * next[p];
            }
        }

        for (int p = 0; p < players; p++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rewards = game.Rewards(p).Slice(state * joint, joint);
            for (int a = 0; a < joint; a++) payoffs[(p * joint) + a] = rewards[a] + (game.Discount * payoffs[(p * joint) + a]);
        }
    }
}
