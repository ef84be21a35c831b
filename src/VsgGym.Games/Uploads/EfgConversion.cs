using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Turns an extensive game into its reduced normal form: expected payoffs for every profile of reduced strategies.</summary>
/// <remarks>
/// Payoffs of the outcomes along a path add up; chance moves are averaged over. Moves are simultaneous where an information set hides what
/// was played before. The tree is walked without recursion, since a path may be as long as the tree.
/// </remarks>
internal sealed class EfgConversion
{
    /// <summary>The most nodes of an extensive game.</summary>
    public const int MaximumNodes = 1 << 16;

    /// <summary>The most payoffs of its normal form, players times profiles.</summary>
    public const int MaximumPayoffs = 1 << 20;

    /// <summary>The most profiles times nodes, which bounds the work.</summary>
    public const int MaximumWork = 1 << 26;

    private readonly EfgTree _tree;
    private readonly EfgStrategies[] _strategies;
    private readonly double[] _payoffs; // [N, A_1, ..., A_N]
    private readonly int _profiles;

    private EfgConversion(EfgTree tree)
    {
        _tree = tree;
        _strategies = new EfgStrategies[tree.Players.Count];
        long profiles = 1;
        for (int p = 0; p < _strategies.Length; p++)
        {
            long most = Math.Min(MaximumPayoffs / tree.Players.Count, MaximumWork / tree.Nodes.Count) / profiles;
            _strategies[p] = EfgStrategies.Of(tree, p, (int)most) ?? throw TooLarge(p);
            profiles *= _strategies[p].Choices.Count;
        }

        _profiles = (int)profiles;
        _payoffs = new double[tree.Players.Count * _profiles];
    }

    /// <summary>The normal form of an extensive game.</summary>
    /// <exception cref="VsgGymException">RESOURCE_EXHAUSTED: it has too many strategies.</exception>
    public static NfgGame ToNormalForm(EfgTree tree)
    {
        var conversion = new EfgConversion(tree);
        var stack = new Stack<(int Node, double Probability)>();
        for (int profile = 0; profile < conversion._profiles; profile++) conversion.Fill(profile, stack);
        ImmutableArray<int> shape = [tree.Players.Count, .. conversion._strategies.Select(player => player.Choices.Count)];
        return new NfgGame(tree.Title, tree.Players, [.. conversion._strategies.Select(player => player.Names)], new ShapedArray(conversion._payoffs, shape));
    }

    /// <summary>Adds up what one profile of strategies pays, the last player's changing fastest.</summary>
    private void Fill(int profile, Stack<(int Node, double Probability)> stack)
    {
        var choices = new int[_strategies.Length][];
        for (int p = choices.Length - 1, rest = profile; p >= 0; p--)
        {
            (rest, int strategy) = Math.DivRem(rest, _strategies[p].Choices.Count);
            choices[p] = _strategies[p].Choices[strategy];
        }

        stack.Push((0, 1));
        while (stack.TryPop(out var at))
        {
            var node = _tree.Nodes[at.Node];
            for (int p = 0; p < choices.Length && node.Payoffs is not null; p++)
                _payoffs[(p * _profiles) + profile] += at.Probability * node.Payoffs[p];
            if (node.Set < 0) continue;
            var set = _tree.Sets[node.Set];
            if (set.Probabilities is null)
            {
                stack.Push((node.Children[choices[set.Player][node.Set]], at.Probability));
                continue;
            }

            for (int a = node.Children.Length - 1; a >= 0; a--)
                if (set.Probabilities[a] > 0) stack.Push((node.Children[a], at.Probability * set.Probabilities[a]));
        }
    }

    private VsgGymException TooLarge(int player)
    {
        string given = $"{_tree.Nodes.Count} nodes, {_tree.Players.Count} players";
        string rule = $"the reduced normal form must not exceed {MaximumPayoffs} payoffs (players times strategy profiles), nor profiles times nodes {MaximumWork}; "
            + $"it does with the strategies of player {_tree.Players[player]}";
        return VsgGymException.OverLimit("efg", given, rule, "game_too_large");
    }
}
