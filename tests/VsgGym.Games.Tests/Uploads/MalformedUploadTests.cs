using VsgGym.Core;

namespace VsgGym.Games.Tests;

/// <summary>Uploads of every kind that must be refused, each with the place at fault and the rule it breaks.</summary>
public sealed class MalformedUploadTests
{
    private const string Head = "EFG 2 R \"t\" { \"a\" \"b\" }\n";
    private const string NfgHead = "NFG 1 R \"t\" { \"a\" \"b\" }\n";

    public static TheoryData<string, Action, string, string> Cases => new()
    {
        // .nfg
        { "nfg: empty", () => UploadedGame.FromNfg(" "), "nfg[line 1, column 2]", "the word NFG" },
        { "nfg: version", () => UploadedGame.FromNfg("NFG 2 R \"\""), "nfg[line 1, column 5]", "the format version 1" },
        { "nfg: one strategy list short", () => UploadedGame.FromNfg($"{NfgHead}{{ 2 }}"), "nfg[line 2, column 5]", "the strategies of player 2 of 2" },
        { "nfg: one payoff short", () => UploadedGame.FromNfg($"{NfgHead}{{ 1 1 }}\n5"), "nfg[line 3, column 2]", "a payoff (2 of 2)" },
        { "nfg: not a number", () => UploadedGame.FromNfg($"{NfgHead}{{ 1 1 }}\n5 five"), "nfg[line 3, column 3]", "a payoff (2 of 2)" },
        { "nfg: unknown outcome", () => UploadedGame.FromNfg($"{NfgHead}{{ 1 1 }}\n{{ {{ \"\" 1 2 }} }}\n2"), "nfg[line 4, column 1]", "a number from 0 to 1" },
        { "nfg: huge", () => UploadedGame.FromNfg($"{NfgHead}{{ 99999 99999 }}\n5"), "nfg[line 3, column 1]", "must not exceed 67108864" },

        // .efg
        { "efg: an nfg", () => UploadedGame.FromEfg(NfgHead), "efg[line 1, column 1]", "the word EFG" },
        { "efg: version", () => UploadedGame.FromEfg("EFG 1 R \"\""), "efg[line 1, column 5]", "the format version 2" },
        { "efg: no tree", () => UploadedGame.FromEfg(Head), "efg[line 2, column 1]", "p, c or t, the kind of node 1" },
        { "efg: kind of node", () => UploadedGame.FromEfg($"{Head}x \"\" 1"), "efg[line 2, column 1]", "p, c or t" },
        { "efg: node without name", () => UploadedGame.FromEfg($"{Head}t 1"), "efg[line 2, column 3]", "the node's name in quotes" },
        { "efg: player", () => UploadedGame.FromEfg($"{Head}p \"\" 3 1"), "efg[line 2, column 6]", "a player's number from 1 to 2" },
        { "efg: set 0", () => UploadedGame.FromEfg($"{Head}p \"\" 1 0"), "efg[line 2, column 8]", "the number of an information set of player 1, at least 1" },
        { "efg: new set without actions", () => UploadedGame.FromEfg($"{Head}p \"\" 1 1 0"), "efg[line 2, column 10]", "comes here for the first time" },
        { "efg: no actions", () => UploadedGame.FromEfg($"{Head}p \"\" 1 1 {{ }} 0"), "efg[line 2, column 12]", "at least one action's name" },
        { "efg: other actions", () => UploadedGame.FromEfg($"{Head}p \"\" 1 1 {{ \"x\" }} 0\np \"\" 1 1 {{ \"y\" }} 0 t \"\" 0"), "efg[line 3, column 10]", "the same actions of information set 1 of player 1 as before" },
        { "efg: negative probability", () => UploadedGame.FromEfg($"{Head}c \"\" 1 {{ \"x\" -1/2 \"y\" 3/2 }} 0"), "efg[line 2, column 14]", "probability, not negative" },
        { "efg: probabilities", () => UploadedGame.FromEfg($"{Head}c \"\" 1 {{ \"x\" 1/2 \"y\" 1/3 }} 0"), "efg[line 2, column 22]", "sum to 1" },
        { "efg: new outcome without payoffs", () => UploadedGame.FromEfg($"{Head}t \"\" 4 \"won\""), "efg[line 2, column 13]", "the payoffs of outcome 4, which comes here for the first time" },
        { "efg: payoff short", () => UploadedGame.FromEfg($"{Head}t \"\" 4 {{ 1 }}"), "efg[line 2, column 12]", "payoff 2 of 2 of outcome 4" },
        { "efg: other payoffs", () => UploadedGame.FromEfg($"{Head}p \"\" 1 1 {{ \"x\" }} 1 {{ 1 2 }}\nt \"\" 1 {{ 1 3 }}"), "efg[line 3, column 8]", "the same payoffs of outcome 1 as before" },
        { "efg: tree cut", () => UploadedGame.FromEfg($"{Head}p \"\" 1 1 {{ \"x\" \"y\" }} 0\nt \"\" 0"), "efg[line 3, column 7]", "the kind of node 3" },
        { "efg: too much", () => UploadedGame.FromEfg($"{Head}t \"\" 0\nt \"\" 0"), "efg[line 3, column 1]", "the end of the text" },
        { "efg: open quote", () => UploadedGame.FromEfg($"{Head}t \"end"), "efg[line 2, column 3]", "a closing \"" },

        // payoff arrays
        { "payoffs: dimensions", () => UploadedGame.FromNormalForm(Array(2, 2)), "payoffs", "3 dimensions for 2 players" },
        { "payoffs: infinite", () => UploadedGame.FromNormalForm(new ShapedArray([0, double.PositiveInfinity], 1, 2)), "payoffs[0, 1]", "must be finite" },
        { "payoffs: blank name", () => UploadedGame.FromNormalForm(Array(1, 2), [" "]), "players[0]", "must not be blank" },
        { "payoffs: twice a name", () => UploadedGame.FromNormalForm(Array(2, 1, 1), ["a", "a"]), "players", "must differ" },
        { "payoffs: action names", () => UploadedGame.FromNormalForm(Array(1, 2), null, [["x", "y", "z"]]), "actions[0]", "must name each of the 2 actions" },
        { "payoffs: seventeen players", () => UploadedGame.FromNormalForm(Array(17, 1)), "payoffs", "at most 16 players" },

        // dense tables
        { "table: nothing", () => UploadedGame.FromTable(new TableUpload { Horizon = 1, Transitions = Array(1, 1, 1) }), "rewards", "is required: rewards or sparse_rewards" },
        { "table: transitions", () => UploadedGame.FromTable(Table() with { Transitions = Array(2, 1, 1) }), "transitions", "must have shape [2, 1, 2]" },
        { "table: row", () => UploadedGame.FromTable(Table() with { Transitions = new ShapedArray([0.5, 0.4, 0, 1], 2, 1, 2) }), "transitions[0, 0]", "must sum to 1 within 1e-09" },
        { "table: negative", () => UploadedGame.FromTable(Table() with { Transitions = new ShapedArray([1.5, -0.5, 0, 1], 2, 1, 2) }), "transitions[0, 0, 1]", "not negative" },
        { "table: start", () => UploadedGame.FromTable(Table() with { Initial = new ShapedArray([0.5, 0.2], 2) }), "initial", "must sum to 1" },
        { "table: both ends", () => UploadedGame.FromTable(Table() with { Discount = 0.9 }), "discount, horizon", "not both" },
        { "table: horizon", () => UploadedGame.FromTable(Table() with { Horizon = 0 }), "horizon", "at least 1" },
        { "table: state names", () => UploadedGame.FromTable(Table() with { States = ["one"] }), "states", "must name each of the 2 states" },
        { "table: masks", () => UploadedGame.FromTable(Table() with { LegalActions = [Array(2, 1), Array(2, 1)] }), "legal_actions", "a mask for each of the 1 players" },
        { "table: mask's shape", () => UploadedGame.FromTable(Table() with { LegalActions = [Array(1, 2)] }), "legal_actions[0]", "must have shape [2, 1]" },
        { "table: nothing legal", () => UploadedGame.FromTable(Table() with { LegalActions = [new ShapedArray([1, 0], 2, 1)] }), "legal_actions.player_0[1]", "at least one legal action" },

        // sparse tables
        { "sparse: both forms", () => UploadedGame.FromTable(Table() with { SparseRewards = Rewards([0, 0, 0], 1) }), "sparse_rewards", "must be absent beside rewards" },
        { "sparse: no form", () => UploadedGame.FromTable(Table() with { Transitions = null }), "transitions", "is required: transitions or sparse_transitions" },
        { "sparse: outside", () => UploadedGame.FromTable(Sparse([0, 2, 0], 1)), "sparse_rewards.indices[0, 1]", "must be in [0, 1]" },
        { "sparse: negative place", () => UploadedGame.FromTable(Sparse([0, -1, 0], 1)), "sparse_rewards.indices[0, 1]", "must be in [0, 1]" },
        { "sparse: twice", () => UploadedGame.FromTable(Sparse([0, 1, 0, 0, 0, 0, 0, 1, 0], 1, 2, 3)), "sparse_rewards.indices[2]", "must not repeat indices[0]" },
        { "sparse: not finite", () => UploadedGame.FromTable(Sparse([0, 1, 0], double.NaN)), "sparse_rewards.values[0]", "must be finite" },
        { "sparse: lengths", () => UploadedGame.FromTable(Sparse([0, 1], 1)), "sparse_rewards.indices", "must have shape [1, 3]" },
        { "sparse: transitions' shape", () => UploadedGame.FromTable(Table() with { Transitions = null, SparseTransitions = new SparseArray([2, 2], [0, 0], [1]) }), "sparse_transitions", "must have shape [2, 1, 2]" },
        { "sparse: huge", () => UploadedGame.FromTable(Table() with { Rewards = null, SparseRewards = new SparseArray([1, 1 << 20, 32], [], []) }), "sparse_rewards", "at most 16777216 numbers" },
        { "sparse: more than huge", () => UploadedGame.FromTable(Table() with { Rewards = null, SparseRewards = new SparseArray([1, int.MaxValue, int.MaxValue], [], []) }), "sparse_rewards", "must not exceed 67108864" },

        // mean-field games
        { "mean field: shape", () => Population(Array(2)), "rewards", "must have shape [S, A] or [T, S, A]" },
        { "mean field: reward", () => Population(new ShapedArray([1, double.NaN], 2, 1)), "rewards[1, 0]", "must be finite" },
        { "mean field: row", () => Population(Array(2, 1), new ShapedArray([1, 0, 0.5, 0.4], 2, 1, 2)), "transitions[1, 0]", "must sum to 1" },
        { "mean field: terms", () => Population(Array(2, 1), terms: Array(2, 1, 1)), "reward_terms", "must have shape [2, 1, 2]" },
        { "mean field: horizon", () => Population(Array(2, 1), horizon: 0), "horizon", "must be in [1, 1000000]" },
        { "mean field: no agents", () => Population(Array(2, 1), agents: 0), "agents", "must be in [1, 1000]" },
        { "mean field: many agents", () => Population(Array(2, 1), agents: 1001), "agents", "must be in [1, 1000]" },
        { "mean field: names", () => Population(Array(2, 1), states: ["s", "s"]), "states", "must differ" },

        // flow graphs
        { "flow: edge outside", () => Graph([new(0, 3)], 0, 1), "edges[0].to", "must be in [0, 1]" },
        { "flow: edge twice", () => Graph([new(0, 1), new(0, 1)], 0, 1), "edges[1]", "two nodes are joined at most once" },
        { "flow: cycle", () => Graph([new(0, 1), new(1, 0), new(1, 2)], 0, 0, 1), "edges", "cycle" },
        { "flow: dead end", () => Graph([new(0, 1), new(0, 2)], 0, 1, 0), "nodes[2]", "is a dead end" },
        { "flow: paid on the way", () => Graph([new(0, 1)], 3, 1), "returns[0, 0]", "only terminal nodes have a return" },
        { "flow: negative return", () => Graph([new(0, 1)], 0, -1), "returns[0, 1]", "positive and finite" },
        { "flow: root", () => Graph([new(0, 1)], 2, [0, 1]), "root", "must be in [0, 1]" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Upload_IsRefusedWithPlaceAndRule(string name, Action upload, string path, string rule)
    {
        var error = Assert.Throws<VsgGymException>(upload);
        Assert.True(error.Kind is ErrorKind.InvalidArgument or ErrorKind.ResourceExhausted, name);
        Assert.Contains(error.Faults, fault => fault.Path == path && fault.Rule.Contains(rule, StringComparison.Ordinal));
    }

    private static ShapedArray Array(params int[] shape) => new(new double[shape.Aggregate(1, (size, extent) => size * extent)], [.. shape]);

    /// <summary>One player with one action; state 0 leads to state 1, which stays.</summary>
    private static TableUpload Table() => new() { Rewards = Array(1, 2, 1), Transitions = new ShapedArray([0, 1, 0, 1], 2, 1, 2), Horizon = 3 };

    private static SparseArray Rewards(int[] indices, params double[] values) => new([1, 2, 1], indices, values);

    private static TableUpload Sparse(int[] indices, params double[] values) => Table() with { Rewards = null, SparseRewards = Rewards(indices, values) };

    private static void Population(ShapedArray rewards, ShapedArray? transitions = null, ShapedArray? terms = null, int horizon = 2, string[]? states = null, int agents = 10) =>
        _ = new UploadedMeanField(new LinearMeanFieldTables
        {
            Horizon = horizon,
            Rewards = rewards,
            RewardTerms = terms,
            Transitions = transitions ?? new ShapedArray([1, 0, 0, 1], 2, 1, 2),
            States = states,
        }, agents: agents);

    private static void Graph(FlowEdge[] edges, params double[] returns) => Graph(edges, 0, returns);

    private static void Graph(FlowEdge[] edges, int root, double[] returns) =>
        _ = new UploadedFlow(new FlowTables { Edges = edges, Returns = new ShapedArray(returns, 1, returns.Length), Root = root });
}
