using VsgGym.Runs;
using VsgGym.Server.Reproduction;
using VsgGym.Server.Tests.Hosting;

namespace VsgGym.Server.Tests.Reproduction;

public sealed class AnswerFigureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SaveAll_DrawsTheAnswers_AndNoPointOfACurve()
    {
        var experiment = SolverExperiment.Load("mge/figure-3");
        string game = experiment.Games[0].Label, method = experiment.Methods[0].Label;
        MeasuredNumber[] answers = [.. experiment.Measures.Where(measure => measure.Curve is null).Select((measure, k) => new MeasuredNumber(game, method, measure.Name, null, 0.1 * (k + 1), 0, null))];
        MeasuredNumber[] curve = [.. Enumerable.Range(1, 40).Select(k => new MeasuredNumber(game, method, "residual", 10 * k, 1.0 / k, 0, null))];
        Assert.NotEmpty(answers);
        Assert.Equal(Bars(experiment, answers, "answers"), Bars(experiment, [.. curve, .. answers], "both"));
        Assert.NotEqual(Bars(experiment, answers[..^1], "fewer"), Bars(experiment, answers, "answers"));
    }

    private int Bars(SolverExperiment experiment, MeasuredNumber[] numbers, string folder)
    {
        Directory.CreateDirectory(_folder[folder]);
        var names = AnswerFigure.SaveAll(experiment, numbers, _folder[folder]);
        return File.ReadAllText(Path.Combine(_folder[folder], names[0] + ".svg")).Split("<rect").Length;
    }
}
