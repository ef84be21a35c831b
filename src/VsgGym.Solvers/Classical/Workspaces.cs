namespace VsgGym.Solvers;

/// <summary>One scratch memory for each thread of a crew, taken and given back without allocation.</summary>
internal sealed class Workspaces<T>
    where T : class
{
    private readonly T?[] _idle;

    /// <summary>Makes as many as there are threads.</summary>
    public Workspaces(int threads, Func<T> create) => _idle = [.. Enumerable.Range(0, threads).Select(_ => create())];

    /// <summary>Takes one; there are always enough, as a thread holds no more than one.</summary>
    public T Take()
    {
        while (true)
            for (int k = 0; k < _idle.Length; k++)
                if (Interlocked.Exchange(ref _idle[k], null) is { } workspace) return workspace;
    }

    /// <summary>Gives one back.</summary>
    public void Return(T workspace)
    {
        while (true)
            for (int k = 0; k < _idle.Length; k++)
                if (Interlocked.CompareExchange(ref _idle[k], workspace, null) is null) return;
    }
}
