using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>Mean-field iterations written as plainly as possible: loops over nested arrays.</summary>
internal sealed class SlowPopulation(MeanFieldGame game)
{
    private int T => game.Horizon;

    private int S => game.StateCount;

    private int A => game.ActionCount;

    public double[,,] Uniform()
    {
        var policy = new double[T, S, A];
        for (int t = 0; t < T; t++)
            for (int s = 0; s < S; s++)
                for (int a = 0; a < A; a++) policy[t, s, a] = 1.0 / A;
        return policy;
    }

    public double[][] Flow(double[,,] policy)
    {
        double[][] flow = [game.Initial.ToArray()];
        for (int t = 0; t + 1 < T; t++)
        {
            var later = new double[S];
            for (int s = 0; s < S; s++)
                for (int a = 0; a < A; a++)
                {
                    double[] next = Next(t, s, a, flow[t]);
                    for (int z = 0; z < S; z++) later[z] += flow[t][s] * policy[t, s, a] * next[z];
                }

            flow = [.. flow, later];
        }

        return flow;
    }

    /// <summary>The regularized answer along the flow of a policy.</summary>
    public double[,,] Answer(double[,,] policy, double[,,] prior, double eta, bool soft)
    {
        double[][] flow = Flow(policy);
        var answer = new double[T, S, A];
        var value = new double[S];
        for (int t = T - 1; t >= 0; t--)
        {
            var earlier = new double[S];
            for (int s = 0; s < S; s++)
            {
                double[] q = Q(t, s, flow[t], value);
                double sum = 0;
                for (int a = 0; a < A; a++) sum += prior[t, s, a] * Math.Exp(q[a] / eta);
                for (int a = 0; a < A; a++) answer[t, s, a] = prior[t, s, a] * Math.Exp(q[a] / eta) / sum;
                earlier[s] = soft ? eta * Math.Log(sum) : q.Max();
            }

            value = earlier;
        }

        return answer;
    }

    /// <summary>A best response along the flow of a policy.</summary>
    public double[,,] Response(double[,,] policy)
    {
        double[][] flow = Flow(policy);
        var answer = new double[T, S, A];
        var value = new double[S];
        for (int t = T - 1; t >= 0; t--)
        {
            var earlier = new double[S];
            for (int s = 0; s < S; s++)
            {
                double[] q = Q(t, s, flow[t], value);
                earlier[s] = q.Max();
                answer[t, s, Array.IndexOf(q, q.Max())] = 1;
            }

            value = earlier;
        }

        return answer;
    }

    /// <summary>The average policy of a population of which a share plays its response, each member where it gets to along the flow of all.</summary>
    public double[,,] Average(double[,,] policy, double[,,] response, double share)
    {
        double[][] flow = Flow(policy);
        double[] own = game.Initial.ToArray();
        var average = new double[T, S, A];
        for (int t = 0; t < T; t++)
        {
            var later = new double[S];
            for (int s = 0; s < S; s++)
                for (int a = 0; a < A; a++)
                {
                    average[t, s, a] = (((1 - share) * flow[t][s] * policy[t, s, a]) + (share * own[s] * response[t, s, a])) / (((1 - share) * flow[t][s]) + (share * own[s]));
                    double[] next = Next(t, s, a, flow[t]);
                    for (int z = 0; z < S; z++) later[z] += own[s] * response[t, s, a] * next[z];
                }

            own = later;
        }

        return average;
    }

    private double[] Q(int t, int s, double[] population, double[] value)
    {
        var q = new double[A];
        for (int a = 0; a < A; a++)
        {
            double[] next = Next(t, s, a, population);
            q[a] = game.Reward(t, s, a, population);
            for (int z = 0; z < S; z++) q[a] += next[z] * value[z];
        }

        return q;
    }

    private double[] Next(int t, int s, int a, double[] population)
    {
        var next = new double[S];
        game.Transition(t, s, a, population, next);
        return next;
    }
}
