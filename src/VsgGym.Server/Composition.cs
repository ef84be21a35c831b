using System.Reflection;
using VsgGym.Core;
using VsgGym.Runs;
using VsgGym.Server.Models;

namespace VsgGym.Server;

/// <summary>The only place that names the assemblies of games, solvers, learners and the exporter.</summary>
internal static class Composition
{
    /// <summary>The assemblies whose games, solvers, learners and metrics the server offers: one line each.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } =
    [
        typeof(Games.Climbing).Assembly,
        typeof(Solvers.NashCertificate).Assembly,
        typeof(Learning.RommeoAc).Assembly,
    ];

    private static readonly OnnxEngine Onnx = new();

    /// <summary>Writes what runs have learned; null: runs end without exported files.</summary>
    public static IRunExporter? Exporter => Onnx;

    /// <summary>What reads and runs model files.</summary>
    public static IModelEngine ModelEngine => Onnx;

    /// <summary>What writes tables as model files.</summary>
    public static ITableExporter TableExporter => Onnx;

    /// <summary>The models that the runs of a directory have exported, whoever holds it.</summary>
    public static IRunModels RunModelsOf(string directory) => Directory.Exists(directory) ? RunModels.Of(new RunArchive(directory)) : new NoRunModels();

    private static readonly Lazy<Catalog> TheCatalog = new(() => Catalog.Scan(Assemblies));

    /// <summary>Threads that one update of a learner may use, at least 1; the results do not depend on it.</summary>
    public static int TrainingThreads
    {
        get => Learning.TrainingThreads.Count;
        set => Learning.TrainingThreads.Count = value;
    }

    /// <summary>The catalog of those assemblies, scanned once.</summary>
    /// <exception cref="CatalogException">The catalog breaks its own rules.</exception>
    public static Catalog Catalog => TheCatalog.Value;
}
