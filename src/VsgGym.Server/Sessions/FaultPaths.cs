using VsgGym.Core;

namespace VsgGym.Server.Sessions;

/// <summary>Moves faults found deep inside under the field of the request they came from.</summary>
internal static class FaultPaths
{
    /// <summary>Runs a reader; its error's faults get the path of the request's field in place of the reader's own root.</summary>
    /// <param name="from">The root the reader uses: "policy"; empty: the path is put before every fault's own.</param>
    /// <param name="to">The field: "others.prey".</param>
    /// <param name="read">The reader.</param>
    /// <exception cref="VsgGymException">The reader's error under its new paths.</exception>
    public static T Under<T>(string from, string to, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (VsgGymException error)
        {
            throw new VsgGymException(error.Kind, [.. error.Faults.Select(fault => fault with { Path = Move(fault.Path, from, to) })]);
        }
    }

    /// <summary>As <see cref="Under{T}"/>, but the faults are added to a list and the default is returned.</summary>
    public static T? Collect<T>(string from, string to, FaultList faults, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (VsgGymException error) when (error.Kind == ErrorKind.InvalidArgument)
        {
            foreach (var fault in error.Faults) faults.Add(Move(fault.Path, from, to), fault.Value, fault.Rule, fault.Reason);
            return null;
        }
    }

    private static string Move(string path, string from, string to)
    {
        if (path == "..." || path.StartsWith(to, StringComparison.Ordinal)) return path;
        if (from.Length == 0) return path.StartsWith('[') ? to + path : $"{to}.{path}";
        return path.StartsWith(from, StringComparison.Ordinal) ? string.Concat(to, path.AsSpan(from.Length)) : path;
    }
}
