using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>Two damped steps of exploring agents in a prisoner's dilemma, computed by hand; methods differ in the value only.</summary>
internal static class DilemmaByHand
{
    /// <param name="create">Makes the method, with inverse temperature 2 and damping 1/2.</param>
    /// <param name="value">The state's value from the action values of cooperating and defecting and the probability to defect.</param>
    public static void Check(Func<StochasticGame, IAlgorithm> create, Func<double, double, double, double> value)
    {
        // Q = 0 plays evenly, so U = (3/2, 3), of which damping takes half: Q = (3/4, 3/2); then U = (3 c, 5 c + d) with c, d what is played.
        var solver = create(NormalForm.Create(new double[,] { { 3, 0 }, { 5, 1 } }, new double[,] { { 3, 5 }, { 0, 1 } }));
        Assert.Equal(3, solver.Step(CancellationToken.None).Residual, 12);
        double d = 1 / (1 + Math.Exp(-2 * .75)), c = 1 - d;
        Assert.Equal(d, solver.ReadSolution().Policies[0].Probabilities[1], 12);
        Assert.Equal(d, solver.ReadSolution().Policies[1].Probabilities[1], 12);
        Assert.Equal(Math.Max(Math.Abs((3 * c) - .75), Math.Abs((5 * c) + d - 1.5)), solver.Step(CancellationToken.None).Residual, 12);
        double cooperate = (.75 + (3 * c)) / 2, defect = (1.5 + (5 * c) + d) / 2, next = 1 / (1 + Math.Exp(2 * (cooperate - defect)));
        Assert.Equal(next, solver.ReadSolution().Policies[0].Probabilities[1], 12);
        Assert.Equal(value(cooperate, defect, next), solver.ReadSolution().Values[0].Data[0], 12);
    }
}
