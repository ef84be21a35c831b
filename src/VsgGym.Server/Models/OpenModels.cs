using VsgGym.Core;

namespace VsgGym.Server.Models;

/// <summary>Models opened for an environment or an evaluation; disposing it closes them.</summary>
internal sealed class OpenModels : IDisposable
{
    private readonly List<IDisposable> _opened = [];

    /// <summary>Notes a policy that may have to be closed.</summary>
    /// <returns>The policy.</returns>
    public IPolicy Add(IPolicy policy)
    {
        if (policy is IDisposable disposable) _opened.Add(disposable);
        return policy;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var model in _opened) model.Dispose();
        _opened.Clear();
    }
}
