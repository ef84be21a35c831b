namespace VsgGym.Games;

/// <summary>A node of an extensive game.</summary>
/// <param name="Set">Number of the information set among all of the game's; -1 at a terminal node.</param>
/// <param name="Payoffs">[N], what the node's outcome pays when play passes or ends here; null: nothing.</param>
/// <param name="Children">The node that each action leads to, [A].</param>
internal sealed record EfgNode(int Set, double[]? Payoffs, int[] Children);
