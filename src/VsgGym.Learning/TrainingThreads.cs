using static TorchSharp.torch;

namespace VsgGym.Learning;

/// <summary>Threads that one update may use, for all learners of this process. The results do not depend on it.</summary>
public static class TrainingThreads
{
    /// <summary>At least 1. Default: the processors. Where several runs share the machine, or it is busy, 1 is faster: a run has a thread of its own.</summary>
    public static int Count
    {
        get => get_num_threads();
        set => set_num_threads(value);
    }
}
