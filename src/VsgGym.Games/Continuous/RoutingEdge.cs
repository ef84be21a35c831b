namespace VsgGym.Games;

/// <summary>An edge that costs a x + b per unit of flow when the flow x uses it.</summary>
/// <param name="From">Number of the node it leaves.</param>
/// <param name="To">Number of the node it enters.</param>
/// <param name="Slope">a, at least 0.</param>
/// <param name="Constant">b, at least 0.</param>
internal readonly record struct RoutingEdge(int From, int To, double Slope, double Constant);
