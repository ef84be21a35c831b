namespace VsgGym.Games;

/// <summary>A player's reduced strategies in an extensive game: an action for each information set that its own actions leave reachable.</summary>
internal sealed class EfgStrategies
{
    private const int LongestName = 200;

    private readonly EfgTree _tree;
    private readonly int _player;
    private readonly List<int[]> _choices = [];
    private readonly List<string> _names = [];
    private readonly int[] _choice;
    private readonly Stack<Branch> _branches = new();
    private Pending? _pending = new(0, null);

    private EfgStrategies(EfgTree tree, int player)
    {
        (_tree, _player) = (tree, player);
        _choice = new int[tree.Sets.Count];
        Array.Fill(_choice, -1);
    }

    /// <summary>The action at each information set, -1 where a strategy has none; [strategies][sets].</summary>
    public IReadOnlyList<int[]> Choices => _choices;

    /// <summary>The chosen actions of each strategy, "In/Fight"; sets with one action are left out.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Lists a player's strategies, the first information set changing slowest; null where they are more than the most.</summary>
    /// <param name="tree">The game.</param>
    /// <param name="player">From 0.</param>
    /// <param name="most">The most strategies.</param>
    public static EfgStrategies? Of(EfgTree tree, int player, int most)
    {
        if (new EfgStrategies(tree, player).Exceeds(most)) return null;
        var found = new EfgStrategies(tree, player);
        do
        {
            found.Complete();
            found.Add();
        }
        while (found.Backtrack());
        return found;
    }

    /// <summary>Counts before anything is kept.</summary>
    private bool Exceeds(int most)
    {
        int count = 0;
        do
        {
            Complete();
            if (++count > most) return true;
        }
        while (Backtrack());
        return false;
    }

    /// <summary>Walks everything that the choices so far leave reachable, and chooses the first action where there is none yet.</summary>
    private void Complete()
    {
        while (_pending is { } at)
        {
            var node = _tree.Nodes[at.Node];
            _pending = at.Rest;
            if (node.Set < 0) continue;
            if (_tree.Sets[node.Set].Player != _player)
            {
                for (int a = node.Children.Length - 1; a >= 0; a--) _pending = new Pending(node.Children[a], _pending);
                continue;
            }

            if (_choice[node.Set] < 0)
            {
                _choice[node.Set] = 0;
                _branches.Push(new Branch(node, at.Rest));
            }

            _pending = new Pending(node.Children[_choice[node.Set]], _pending);
        }
    }

    /// <summary>Takes the next action at the last choice that has one; false where none has.</summary>
    private bool Backtrack()
    {
        while (_branches.TryPop(out var last))
        {
            if (++_choice[last.Node.Set] < last.Node.Children.Length)
            {
                _branches.Push(last);
                _pending = new Pending(last.Node.Children[_choice[last.Node.Set]], last.Rest);
                return true;
            }

            _choice[last.Node.Set] = -1;
        }

        return false;
    }

    private void Add()
    {
        _choices.Add([.. _choice]);
        var made = _branches.Reverse().Where(branch => branch.Node.Children.Length > 1);
        string name = string.Join('/', made.Select(branch => _tree.Sets[branch.Node.Set].Actions[_choice[branch.Node.Set]]));
        _names.Add(name.Length is 0 or > LongestName ? $"strategy {_names.Count + 1}" : name);
    }

    /// <summary>A node still to be walked, and those after it.</summary>
    private sealed record Pending(int Node, Pending? Rest);

    /// <summary>A choice, and what was still to be walked before it.</summary>
    private readonly record struct Branch(EfgNode Node, Pending? Rest);
}
