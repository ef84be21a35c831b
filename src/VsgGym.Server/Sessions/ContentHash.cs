using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using VsgGym.Core;
using VsgGym.Games;

namespace VsgGym.Server.Sessions;

/// <summary>Names a caller's game by what it is, whichever form it came in: arrays dense or sparse, or the text of a Gambit file.</summary>
/// <remarks>
/// What is hashed is the game as built: names, horizon or discount, numbers, the stored transitions, and the title. Two requests that build
/// the same game get the same hash.
/// </remarks>
internal sealed class ContentHash : IDisposable
{
    private const int ShownBytes = 12;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private ContentHash()
    {
    }

    /// <summary>The start of the SHA-256 of a game's content, 24 hexadecimal digits.</summary>
    /// <param name="game">A game that was given in full.</param>
    public static string Of(Game game)
    {
        using var hash = new ContentHash();
        hash.Add(GameKind.Of(game));
        hash.Add((game as IUploadedGame)?.Title ?? string.Empty);
        if (game.Table is { } table) hash.Add(table);
        if (game is UploadedMeanField population) hash.Add(population);
        if (game.Flow is { } graph) hash.Add(graph);
        return Convert.ToHexStringLower(hash._hash.GetHashAndReset().AsSpan(0, ShownBytes));
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void Add(StochasticGame table)
    {
        Add(table.Players);
        foreach (var labels in table.ActionLabels) Add(labels);
        Add(table.StateLabels);
        Add<int>([table.StateCount, table.Horizon ?? 0]);
        Add<double>([table.Discount]);
        Add(table.Initial);
        for (int p = 0; p < table.PlayerCount; p++)
        {
            Add(table.Rewards(p));
            Add(table.TerminalRewards(p));
            for (int s = 0; s < table.StateCount && table.HasIllegalActions; s++) Add(table.LegalActions(p, s));
        }

        Add(table.RowStarts);
        Add(table.NextStates);
        Add(table.Probabilities);
    }

    private void Add(UploadedMeanField uploaded)
    {
        var game = uploaded.Arrays;
        Add<int>([uploaded.Agents]);
        Add(game.StateLabels);
        Add(game.ActionLabels);
        Add<int>([game.Horizon]);
        Add<double>(game.Initial.AsSpan());
        foreach (var array in (ReadOnlySpan<ShapedArray?>)[game.Tables.Rewards, game.Tables.RewardTerms, game.Tables.Transitions, game.Tables.TransitionTerms])
        {
            Add<int>(array is null ? [] : array.Shape.AsSpan());
            Add<double>(array is null ? [] : array.Data);
        }
    }

    private void Add(FlowGraph graph)
    {
        Add(graph.Players);
        Add(graph.NodeLabels);
        Add(graph.ActionLabels);
        Add<int>([graph.Root, .. Enumerable.Range(0, graph.NodeCount).Select(graph.Owner)]);
        Add(graph.EdgeStarts);
        Add(graph.Successors);
        Add(graph.EdgeActions);
        for (int p = 0; p < graph.PlayerCount; p++) Add(graph.Returns(p));
    }

    private void Add(IReadOnlyList<string> texts)
    {
        Add<int>([texts.Count]);
        foreach (string text in texts) Add(text);
    }

    private void Add(string text) => Add<byte>(Encoding.UTF8.GetBytes(text));

    /// <summary>Lengths come first, so that no two sequences of parts run together alike.</summary>
    private void Add<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        ReadOnlySpan<long> length = [numbers.Length];
        _hash.AppendData(MemoryMarshal.AsBytes(length));
        _hash.AppendData(MemoryMarshal.AsBytes(numbers));
    }
}
