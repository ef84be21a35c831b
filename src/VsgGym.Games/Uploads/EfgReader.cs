using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Reads Gambit's extensive game format: personal, chance and terminal nodes in prefix order, outcomes at any of them.</summary>
/// <remarks>
/// Numbers of information sets count per player, and on their own for chance. Names and probabilities of a set's actions and an outcome's
/// payoffs stand where its number comes first; where they are given again they must be the same.
/// </remarks>
internal sealed class EfgReader(string text) : GambitReader(text, "efg")
{
    private const int Chance = -1;

    private readonly List<EfgNode> _nodes = [];
    private readonly List<EfgSet> _sets = [];
    private readonly Dictionary<(int Player, int Number), int> _setOf = [];
    private readonly Dictionary<int, double[]> _outcomes = [];
    private int _players;

    /// <summary>Reads the whole text.</summary>
    /// <exception cref="VsgGymException">The first fault, with line and column; RESOURCE_EXHAUSTED: too many nodes.</exception>
    public EfgTree Read()
    {
        string title = Title("EFG", "2");
        var players = Players();
        _players = players.Count;
        SkipComment();
        Nodes();
        if (Token.Kind != GambitKind.End) throw Wrong("the end of the text after the last node of the tree");
        return new EfgTree(title, players, _nodes, _sets);
    }

    /// <summary>Reads the tree without recursion, since a path may be as long as the text.</summary>
    private void Nodes()
    {
        var open = new Stack<(int Node, int Next)>(); // nodes whose children are still to come
        do
        {
            if (_nodes.Count == EfgConversion.MaximumNodes)
                throw VsgGymException.OverLimit(Here, $"node {_nodes.Count + 1}", $"an extensive game may have at most {EfgConversion.MaximumNodes} nodes", "game_too_large");
            int node = _nodes.Count;
            if (open.TryPop(out var parent))
            {
                _nodes[parent.Node].Children[parent.Next] = node;
                if (parent.Next + 1 < _nodes[parent.Node].Children.Length) open.Push((parent.Node, parent.Next + 1));
            }

            _nodes.Add(Node());
            if (_nodes[node].Children.Length > 0) open.Push((node, 0));
        }
        while (open.Count > 0);
    }

    private EfgNode Node()
    {
        char kind = Token is { Kind: GambitKind.Word, Value: "p" or "c" or "t" } ? Token.Value[0] : throw Wrong($"p, c or t, the kind of node {_nodes.Count + 1}");
        Advance();
        Take(GambitKind.Text, "the node's name in quotes");
        if (kind == 't') return new EfgNode(-1, Outcome(), []);
        int player = kind == 'c' ? Chance : Number(1, _players, $"a player's number from 1 to {_players}") - 1;
        int set = Set(player);
        return new EfgNode(set, Outcome(), new int[_sets[set].Actions.Count]);
    }

    private int Set(int player)
    {
        string whose = player == Chance ? "chance" : $"player {player + 1}";
        int number = Number(1, int.MaxValue, $"the number of an information set of {whose}, at least 1");
        SkipComment(); // the set's name
        bool known = _setOf.TryGetValue((player, number), out int index);
        if (Token.Kind != GambitKind.Open)
            return known ? index : throw Wrong($"{{ before the actions of information set {number} of {whose}, which comes here for the first time");
        var token = Token;
        Advance();
        var read = Actions(player, number);
        if (!known)
        {
            _setOf[(player, number)] = _sets.Count;
            _sets.Add(read);
            return _sets.Count - 1;
        }

        bool same = _sets[index].Actions.SequenceEqual(read.Actions) && (_sets[index].Probabilities ?? []).SequenceEqual(read.Probabilities ?? []);
        return same ? index : throw Wrong(token, $"the same actions of information set {number} of {whose} as before, or none");
    }

    private EfgSet Actions(int player, int number)
    {
        var names = new List<string>();
        var probabilities = new List<double>();
        for (double sum = 0; Token.Kind != GambitKind.Close;)
        {
            names.Add(Take(GambitKind.Text, "an action's name in quotes, or }").Value);
            if (player != Chance) continue;
            var token = Token;
            double probability = Number("the action's probability, not negative");
            if (probability < 0) throw Wrong(token, "the action's probability, not negative");
            probabilities.Add(probability);
            sum += probability;
            if (Token.Kind == GambitKind.Close && Math.Abs(sum - 1) > 1e-9)
                throw Wrong(token, $"probabilities of chance's information set {number} that sum to 1 within 1e-09, not to {VsgGymException.Show(sum)}");
        }

        if (names.Count == 0) throw Wrong("at least one action's name in quotes");
        Advance();
        return new EfgSet(player, names, player == Chance ? [.. probabilities] : null);
    }

    private double[]? Outcome()
    {
        int number = Number(0, int.MaxValue, "the number of the node's outcome, 0 for none");
        if (number == 0) return null;
        var token = Token;
        SkipComment(); // the outcome's name
        bool known = _outcomes.TryGetValue(number, out double[]? payoffs);
        if (Token.Kind != GambitKind.Open)
            return known ? payoffs : throw Wrong($"{{ before the payoffs of outcome {number}, which comes here for the first time");
        Advance();
        double[] read = OutcomePayoffs(_players, number);
        if (known && !payoffs!.AsSpan().SequenceEqual(read)) throw Wrong(token, $"the same payoffs of outcome {number} as before, or none");
        return _outcomes[number] = read;
    }

    private int Number(int least, int most, string expected)
    {
        if (!IsWhole(out int number) || number < least || number > most) throw Wrong(expected);
        Advance();
        return number;
    }
}
