using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The residual of a flow equilibrium on a graph.</summary>
internal static class FlowGraphResidual
{
    public static Certificate Measure(FlowGraph graph, PolicyProfile policies, CancellationToken cancellationToken)
    {
        double[] reach = FlowEnds.Reach(graph, policies, cancellationToken), scratch = new double[graph.NodeCount];
        var gaps = ImmutableArray.CreateBuilder<double>(graph.PlayerCount);
        var values = ImmutableArray.CreateBuilder<double>(graph.PlayerCount);
        double variation = 0, improvement = 0, gain = 0, excess = double.NegativeInfinity, bound = 0, held = 0;
        for (int p = 0; p < graph.PlayerCount; p++)
        {
            var (divergence, distance, value) = Compare(graph, p, reach);
            gaps.Add(divergence);
            values.Add(value);
            variation = Math.Max(variation, distance);
            double best = FlowObjective.Of(graph, policies, p, respond: true, cancellationToken), own = FlowObjective.Of(graph, policies, p, respond: false, cancellationToken);
            improvement = Math.Max(improvement, best - own);
            double found = Gain(graph, policies, p, scratch, cancellationToken), promised = FlowTheorem.Corrected(graph, p, distance);
            gain = Math.Max(gain, found);
            if (found - promised > excess) (excess, bound, held) = (found - promised, promised, found); // the player nearest to its bound
        }

        double gap = gaps.Max();
        return new Certificate
        {
            Concept = "flow",
            Gap = gap,
            GapPerPlayer = gaps.MoveToImmutable(),
            Values = values.MoveToImmutable(),
            Bounds = ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal)
                .Add("flow_theorem_4_3", FlowTheorem.Printed(graph, variation, gain))
                .Add("flow_theorem_4_3_corrected", FlowTheorem.CorrectedBound(bound, held))
                .Add("total_variation", new Bound(Math.Sqrt(gap / 2), true, "Pinsker: the total variation between the ends' probabilities and a player's shares R / sum R is at most sqrt(gap / 2); measured: the largest of a player.", variation))
                .Add("variational_gap", Improvement(improvement)),
        };
    }

    /// <summary>How far the players are from their best answers.</summary>
    public static Bound Improvement(double improvement) => new(
        0, true, "flow Eq. (2): at an equilibrium of the variational objective no player lowers its divergence by another policy; measured: the most that one does, in nats.", Math.Max(0, improvement));

    private static (double Divergence, double Variation, double Value) Compare(FlowGraph graph, int player, double[] reach)
    {
        var returns = graph.Returns(player);
        double highest = 0, sum = 0;
        foreach (double end in returns) highest = Math.Max(highest, end);
        foreach (double end in returns) sum += end / highest; // the sum itself may leave the range of numbers
        double divergence = 0, variation = 0, value = 0;
        for (int x = 0; x < reach.Length; x++)
        {
            if (!graph.IsTerminal(x)) continue;
            double share = returns[x] / highest / sum;
            // log of the share from its parts: the quotient may vanish where its logarithm does not
            if (reach[x] > 0) divergence += reach[x] * (Math.Log(reach[x]) - (Math.Log(returns[x]) - Math.Log(highest) - Math.Log(sum)));
            variation += Math.Abs(reach[x] - share) / 2;
            value += reach[x] * returns[x];
        }

        return (Math.Max(0, divergence), variation, value); // rounding may put it a hair below 0
    }

    private static double Gain(FlowGraph graph, PolicyProfile policies, int player, double[] scratch, CancellationToken cancellationToken)
    {
        double Of(int chooser)
        {
            for (int x = 0; x < scratch.Length; x++)
                if (graph.IsTerminal(x)) scratch[x] = Math.Log(graph.Returns(player)[x]);
            return FlowEnds.Value(graph, policies, scratch, chooser, cancellationToken);
        }

        return Math.Max(0, Of(player) - Of(-1));
    }
}
