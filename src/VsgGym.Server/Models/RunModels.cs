using VsgGym.Core;
using VsgGym.Runs;
using VsgGym.Server.Sessions;

namespace VsgGym.Server.Models;

/// <summary>The policies that the engine's runs have exported; conditional policies and opponent models play no seat and are left out.</summary>
internal sealed class RunModels : IRunModels
{
    private readonly Func<IReadOnlyList<RunInfo>> _list;
    private readonly Func<string, RunInfo> _get;
    private readonly Func<string, string, RunFile> _find;

    private RunModels(Func<IReadOnlyList<RunInfo>> list, Func<string, RunInfo> get, Func<string, string, RunFile> find) => (_list, _get, _find) = (list, get, find);

    /// <summary>Those of a server's runs.</summary>
    public static RunModels Of(RunHost host) => new(() => host.Engine.List(), id => host.Engine.Get(id), (id, file) => host.Engine.Files(id, file)[0]);

    /// <summary>Those of a directory, whoever holds it.</summary>
    public static RunModels Of(RunArchive archive) => new(archive.List, archive.Get, (id, file) => archive.Files(id, file)[0]);

    /// <inheritdoc/>
    public IReadOnlyList<StoredModel> All()
    {
        try
        {
            return [.. _list().SelectMany(Models)];
        }
        catch (VsgGymException error) when (error.Kind == ErrorKind.FailedPrecondition)
        {
            return []; // the directory cannot be used; calls about runs say why, uploaded models go on
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredModel> ModelsOf(string runId)
    {
        try
        {
            return [.. Models(_get(runId))];
        }
        catch (VsgGymException error) when (error.Kind == ErrorKind.NotFound)
        {
            return [];
        }
    }

    private IEnumerable<StoredModel> Models(RunInfo run) =>
        from model in run.Models
        where RunWriter.PlaysASeat(model)
        select new StoredModel(RunWriter.Write(model, run.Id, run.Spec), _find(run.Id, model.File).Path);
}
