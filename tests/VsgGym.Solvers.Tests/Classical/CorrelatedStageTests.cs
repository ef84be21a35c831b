namespace VsgGym.Solvers.Tests;

/// <summary>The game of one state where rounding leaves its linear program without a point.</summary>
public sealed class CorrelatedStageTests
{
    // The smallest game that was found, of 7000 random ones. The row player's second action is better by 1e-9, beside which nothing but (second, first)
    // is an equilibrium; with gains of at most 0, and of 1e-10 of the range, the simplex method ends without a point.
    private static readonly double[] Row = [0, 1 + 1e-9, 1 + 1e-9, 1 + 2e-9], Column = [0, 2 + 2e-9, 1, 2e-9];

    [Theory]
    [InlineData(CorrelatedObjective.Utilitarian)]
    [InlineData(CorrelatedObjective.Republican)]
    [InlineData(CorrelatedObjective.Libertarian)]
    public void GameWithoutAPointToRounding_IsSolvedWithLooserConstraints(CorrelatedObjective objective)
    {
        var stage = new CorrelatedStage(NormalForm.Create(new double[2, 2], new double[2, 2]));
        var joint = new double[4];
        Assert.True(stage.Solve(0, [.. Row, .. Column], objective, joint, CancellationToken.None));
        Assert.Equal(1e-8, stage.Slack);
        Assert.Equal(1, joint.Sum(), 1e-14);
        double allowed = 1.01 * stage.Slack * Column.Max(); // of the range
        for (int told = 0; objective != CorrelatedObjective.Libertarian && told < 2; told++) // their parts together are no equilibrium in general
        {
            int other = 1 - told;
            Assert.True((joint[2 * told] * (Row[2 * other] - Row[2 * told])) + (joint[(2 * told) + 1] * (Row[(2 * other) + 1] - Row[(2 * told) + 1])) <= allowed);
            Assert.True((joint[told] * (Column[other] - Column[told])) + (joint[2 + told] * (Column[2 + other] - Column[2 + told])) <= allowed);
        }
    }

    [Fact]
    public void LooserConstraints_AreForgottenByTheNextSolve()
    {
        var stage = new CorrelatedStage(NormalForm.Create(new double[2, 2], new double[2, 2]));
        double[] joint = new double[4], again = new double[4];
        double[] chicken = [6, 2, 7, 0, 6, 7, 2, 0]; // Greenwald and Hall 2003: .5, .25, .25, 0
        stage.Solve(0, chicken, CorrelatedObjective.Utilitarian, joint, CancellationToken.None);
        stage.Solve(0, [.. Row, .. Column], CorrelatedObjective.Utilitarian, again, CancellationToken.None);
        stage.Solve(0, chicken, CorrelatedObjective.Utilitarian, again, CancellationToken.None);
        Assert.Equal(0, stage.Slack);
        Assert.Equal(joint, again);
        Assert.Equal([.5, .25, .25, 0], again.Select(probability => Math.Round(probability, 12)));
    }

    [Fact]
    public void CancelledSolve_LeavesTheAnswerAlone()
    {
        var stage = new CorrelatedStage(NormalForm.Create(new double[2, 2], new double[2, 2]));
        double[] joint = [.1, .2, .3, .4];
        Assert.Throws<OperationCanceledException>(() => stage.Solve(0, [.. Row, .. Column], CorrelatedObjective.Utilitarian, joint, new CancellationToken(canceled: true)));
        Assert.Equal([.1, .2, .3, .4], joint);
    }
}
