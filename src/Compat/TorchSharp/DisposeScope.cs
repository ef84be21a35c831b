using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Owns the tensors made while it is the innermost scope of its thread and disposes of them with itself.</summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic]
    private static DisposeScope? innermost;

    private readonly List<Tensor> owned = [];
    private bool disposed;

    internal DisposeScope()
    {
        OuterScope = innermost;
        innermost = this;
    }

    /// <summary>The innermost scope of this thread.</summary>
    internal static DisposeScope? Current => innermost;

    internal DisposeScope? OuterScope { get; private set; }

    /// <summary>The tensors the scope owns now.</summary>
    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            ThrowIfDisposed();
            return owned.ToArray();
        }
    }

    /// <summary>How many tensors the scope owns now.</summary>
    public int DisposablesCount
    {
        get
        {
            ThrowIfDisposed();
            return owned.Count;
        }
    }

    /// <summary>Hands a tensor over to the enclosing scope; to none where there is none.</summary>
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable => MoveToOther(OuterScope, disposable);

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (MoveToOuter(first), MoveToOuter(second));

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);

    /// <summary>Hands a tensor this scope owns over to another; to none with null.</summary>
    public T MoveToOther<T>(DisposeScope? scope, T disposable)
        where T : IDisposable
    {
        ThrowIfDisposed();
        if (disposable is Tensor tensor && tensor.OwningDisposeScope == this)
        {
            Remove(tensor);
            scope?.Add(tensor);
        }

        return disposable;
    }

    public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope? scope, T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (MoveToOther(scope, first), MoveToOther(scope, second));

    public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope? scope, T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (MoveToOther(scope, first), MoveToOther(scope, second), MoveToOther(scope, third));

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) => MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        foreach (IDisposable disposable in disposables) MoveToOther(scope, disposable);
    }

    /// <summary>Lets a tensor live on, owned by no scope.</summary>
    public T Detach<T>(T disposable)
        where T : IDisposable => MoveToOther(null, disposable);

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (Detach(first), Detach(second));

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (Detach(first), Detach(second), Detach(third));

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables) => MoveToOther(null, disposables);

    /// <summary>Takes a tensor over from whichever scope owns it.</summary>
    /// <exception cref="InvalidOperationException">The object is not a tensor.</exception>
    public void Attach(IDisposable disposable)
    {
        ThrowIfDisposed();
        if (disposable is not Tensor tensor) throw new InvalidOperationException("DisposeScope can only manage Tensor or PackedSequence");
        if (tensor.OwningDisposeScope == this) return;
        tensor.OwningDisposeScope?.Remove(tensor);
        Add(tensor);
    }

    public void Attach(params IDisposable[] disposables) => _ = Attach((IEnumerable<IDisposable>)disposables);

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var result = new List<IDisposable>();
        foreach (IDisposable disposable in disposables)
        {
            Attach(disposable);
            result.Add(disposable);
        }

        return result;
    }

    /// <summary>Disposes of everything the scope owns; the scope stays open.</summary>
    public void DisposeEverything()
    {
        ThrowIfDisposed();
        while (owned.Count > 0)
        {
            Tensor last = owned[^1];
            Remove(last);
            last.Dispose();
        }
    }

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        ThrowIfDisposed();
        var keep = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        for (int i = owned.Count - 1; i >= 0; i--)
        {
            if (!keep.Contains(owned[i])) owned[i].Dispose();
        }
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep)
        where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable
    {
        DisposeEverythingBut([first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable
    {
        DisposeEverythingBut([first, second, third]);
        return (first, second, third);
    }

    /// <summary>Disposes of everything the scope owns and closes it.</summary>
    public void Dispose()
    {
        if (disposed) return;
        DisposeEverything();
        disposed = true;
        // Usually this is the innermost scope; one closed out of order is taken out of the chain.
        if (innermost == this)
        {
            innermost = OuterScope;
            return;
        }

        for (DisposeScope? inner = innermost; inner is not null; inner = inner.OuterScope)
        {
            if (inner.OuterScope == this) inner.OuterScope = OuterScope;
        }
    }

    /// <summary>Forgets a tensor that was disposed of elsewhere.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        ThrowIfDisposed();
        if (disposable is Tensor tensor && tensor.OwningDisposeScope == this) Remove(tensor);
    }

    public bool Contains(IDisposable disposable) => disposable is Tensor tensor && tensor.OwningDisposeScope == this;

    internal void Add(Tensor tensor)
    {
        tensor.OwningDisposeScope = this;
        tensor.IndexInScope = owned.Count;
        owned.Add(tensor);
    }

    internal void Remove(Tensor tensor)
    {
        int index = tensor.IndexInScope;
        Tensor last = owned[^1];
        owned[index] = last;
        last.IndexInScope = index;
        owned.RemoveAt(owned.Count - 1);
        tensor.OwningDisposeScope = null;
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(disposed, this);
}
