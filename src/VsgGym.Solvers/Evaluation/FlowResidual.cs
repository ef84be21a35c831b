using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The residual of a flow equilibrium: how far the ends of play are from being in proportion to each player's returns.</summary>
/// <remarks>
/// <para>`flow` Definition 4.1 asks for P_T(x) proportional to R_i(x) for every player i. A player's residual is the divergence
/// KL(P_T || R_i / sum R_i) in nats, 0 exactly there; the gap is the largest. Players whose returns are not proportional to each other cannot
/// all have 0: the bound "variational_gap" then says how far each is from its best answer to the others by the objective of Eq. (2).</para>
/// <para>Of a graph the bounds are besides: "total_variation", the largest distance of P_T from a player's shares, which Pinsker's inequality
/// holds below sqrt(gap / 2); "flow_theorem_4_3" and "flow_theorem_4_3_corrected", the gain of a best response in returns log R.</para>
/// <para>Of a table with a horizon the ends are the whole ways tau, with returns R_i(tau; pi) = p_i(tau) exp(Ret_i(tau)), p_i the
/// probability of the others' moves and of chance, as in the vertices (s, z, p) of section 4.2. Printed is exp(p Ret), which disagrees with Eq. (2).
/// The divergence is summed over all ways by backward recursion. Moves of chance and of others alone can keep it above 0.</para>
/// </remarks>
[Metric("flow")]
[Source("flow", "Definition 4.1, Eq. (2), Theorem 4.3")]
public sealed class FlowResidual : IMetric
{
    private readonly FlowGraph? _graph;
    private readonly StochasticGame? _table;

    /// <summary>Takes a graph or a table.</summary>
    /// <param name="game">A flow graph, or a stochastic game with a horizon.</param>
    /// <exception cref="VsgGymException">The game is of another kind or has no horizon.</exception>
    public FlowResidual(ISolvableGame game) => (_graph, _table) = FlowKinds.Of(game, "concept", "flow");

    /// <inheritdoc/>
    public Certificate Measure(PolicyProfile policies, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policies);
        return _graph is not null ? FlowGraphResidual.Measure(_graph, policies, cancellationToken) : FlowTableResidual.Measure(_table!, policies, cancellationToken);
    }
}
