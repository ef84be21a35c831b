namespace VsgGym.Solvers;

/// <summary>One step of play.</summary>
/// <param name="Place">Where it was taken, as <see cref="TabularPlay.Place"/> counts.</param>
/// <param name="JointAction">What was done.</param>
/// <param name="Next">The place whose value follows, or -1 where nothing follows: the row has no successors, or time T is reached.</param>
internal readonly record struct TabularMove(int Place, int JointAction, int Next);
