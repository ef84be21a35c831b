namespace VsgGym.Games;

/// <summary>A parsed .efg text.</summary>
/// <param name="Title">The game's name.</param>
/// <param name="Players">[N], distinct.</param>
/// <param name="Nodes">In the order of the text; the first is the root.</param>
/// <param name="Sets">Information sets and chance moves.</param>
internal sealed record EfgTree(string Title, IReadOnlyList<string> Players, IReadOnlyList<EfgNode> Nodes, IReadOnlyList<EfgSet> Sets);
