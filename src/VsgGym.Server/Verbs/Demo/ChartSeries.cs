namespace VsgGym.Server.Verbs.Demo;

/// <summary>One curve of a chart.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Values">One value per position on the horizontal axis.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<double> Values);
