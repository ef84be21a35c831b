namespace VsgGym.Solvers;

/// <summary>How a variational sweep is made.</summary>
/// <param name="Temperature">tau, above 0, in reward units.</param>
/// <param name="Weight">eta / (1 - gamma), in (0, 1].</param>
/// <param name="OpponentModel">Where rho comes from.</param>
/// <param name="PolicyForm">What the policies depend on.</param>
/// <param name="EvaluationSweeps">The most sweeps that evaluate the policies in a step of a discounted game.</param>
/// <param name="Settled">The change of a value below which they end, in reward units.</param>
internal sealed record VariationalSettings(double Temperature, double Weight, OpponentModelForm OpponentModel, PolicyForm PolicyForm, int EvaluationSweeps, double Settled);
