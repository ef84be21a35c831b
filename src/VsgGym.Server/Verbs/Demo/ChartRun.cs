namespace VsgGym.Server.Verbs.Demo;

/// <summary>A piece of a chart's line in one color.</summary>
/// <param name="Text">The characters.</param>
/// <param name="Series">The curve it belongs to, from 0; -1 for axes and labels.</param>
internal readonly record struct ChartRun(string Text, int Series);
