using VsgGym.Numerics;

namespace VsgGym.Networks;

/// <summary>Action probabilities for one row.</summary>
internal static class CategoricalKernel
{
    /// <summary>What stands for the logit of an illegal action: so far below every other that its probability is exactly 0.</summary>
    /// <remarks>It is finite, so that a row without any legal action (of a seat that has left) gives equal probabilities and no NaN.</remarks>
    public const float IllegalLogit = -1e30f;

    /// <summary>The softmax of the legal actions' logits.</summary>
    /// <param name="logits">[A].</param>
    /// <param name="legal">[A], or empty where every action is legal.</param>
    /// <param name="probabilities">[A]; overwritten.</param>
    public static void Softmax(ReadOnlySpan<double> logits, ReadOnlySpan<bool> legal, Span<double> probabilities)
    {
        for (int a = 0; a < probabilities.Length; a++) probabilities[a] = legal.IsEmpty || legal[a] ? logits[a] : IllegalLogit;
        Simplex.Softmax(probabilities);
    }

    /// <summary>The most probable action, the first of equals.</summary>
    public static int Greedy(ReadOnlySpan<float> probabilities)
    {
        int best = 0;
        for (int a = 1; a < probabilities.Length; a++)
            if (probabilities[a] > probabilities[best]) best = a;
        return best;
    }

    /// <summary>The first action whose running sum exceeds u; where rounding leaves the sum below u, the last one of positive probability.</summary>
    /// <param name="probabilities">[A].</param>
    /// <param name="u">In [0, 1).</param>
    public static int Sample(ReadOnlySpan<double> probabilities, float u)
    {
        double sum = 0;
        int last = 0;
        for (int a = 0; a < probabilities.Length; a++)
        {
            if (probabilities[a] <= 0) continue;
            last = a;
            sum += probabilities[a];
            if (u < sum) return a;
        }

        return last;
    }
}
