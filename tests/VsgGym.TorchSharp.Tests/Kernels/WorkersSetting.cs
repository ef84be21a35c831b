using TorchSharp.Kernels;

namespace VsgGym.TorchSharp.Tests.Kernels;

/// <summary>A number of workers for one test, every region large enough to be shared out; puts back what was there.</summary>
internal sealed class WorkersSetting : IDisposable
{
    private readonly int _count = Workers.Count;
    private readonly long _minimum = Workers.MinimumWorkPerRange;

    internal WorkersSetting(int count)
    {
        Workers.Count = count;
        Workers.MinimumWorkPerRange = 1;
    }

    public void Dispose()
    {
        Workers.Count = _count;
        Workers.MinimumWorkPerRange = _minimum;
    }
}
