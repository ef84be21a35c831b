using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>Reads a run from its directory; a damaged one is listed as failed, with faults that name the file.</summary>
internal static class RunLoader
{
    /// <summary>Takes up a run; nothing is written.</summary>
    public static RunHandle Load(RunDirectory directory, TimeProvider clock)
    {
        var faults = new List<Fault>();
        var spec = Try(faults, () => SpecFile.Read(directory.Spec));
        var state = Try(faults, () => StoredState.Read(directory.State)) ?? new StoredState { State = RunState.Failed, CreatedUnixMs = CreationOf(directory) };
        long? last = null;
        _ = Try(faults, () => (object)(last = EventLog.Count(directory.Events)));
        if (faults.Count > 0) state = state with { State = RunState.Failed, Faults = [.. faults] };
        return new RunHandle(directory, spec, state, last ?? 0, clock);
    }

    private static T? Try<T>(List<Fault> faults, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (VsgGymException error)
        {
            faults.AddRange(error.Faults);
            return null;
        }
    }

    private static long CreationOf(RunDirectory directory) =>
        new DateTimeOffset(Directory.GetCreationTimeUtc(directory.Root)).ToUnixTimeMilliseconds();
}
