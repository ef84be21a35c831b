using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>Correlated equilibria of one state by loops: the constraints, a check, random members, and all vertices.</summary>
internal sealed class CorrelatedReference
{
    private readonly List<double[]> _incentives = []; // each times sigma must be at most 0
    private readonly int[] _joints;
    private readonly double[][] _payoffs; // [N][legal joint actions]

    public CorrelatedReference(StochasticGame game, int state, double[][] payoffs)
    {
        _joints = [.. Enumerable.Range(0, game.JointActionCount).Where(a => game.IsLegalJoint(state, a))];
        _payoffs = [.. payoffs.Select(own => _joints.Select(a => own[a]).ToArray())];
        for (int p = 0; p < game.PlayerCount; p++)
            for (int told = 0; told < game.ActionCounts[p]; told++)
                for (int instead = 0; instead < game.ActionCounts[p]; instead++)
                {
                    if (told == instead || !game.IsLegal(p, state, told) || !game.IsLegal(p, state, instead)) continue;
                    _incentives.Add([.. _joints.Select(a => game.ActionOf(p, a) == told ? payoffs[p][a + ((instead - told) * game.Strides[p])] - payoffs[p][a] : 0)]);
                }
    }

    /// <summary>Each player's expected payoff.</summary>
    public double[] Values(double[] sigma) => [.. _payoffs.Select(own => own.Zip(sigma, (payoff, probability) => payoff * probability).Sum())];

    /// <summary>The probabilities of the legal joint actions out of all.</summary>
    public double[] Legal(ReadOnlySpan<double> joint)
    {
        var legal = new double[_joints.Length];
        for (int k = 0; k < legal.Length; k++) legal[k] = joint[_joints[k]];
        return legal;
    }

    /// <summary>The most that anyone gains by disobeying one signal, times its probability.</summary>
    public double Violation(double[] sigma) => _incentives.Count == 0 ? 0 : Math.Max(0, _incentives.Max(row => row.Zip(sigma, (gain, probability) => gain * probability).Sum()));

    /// <summary>A mixture of three vertices that are best for random objectives.</summary>
    public double[] Member(ref RandomStream random)
    {
        var mixed = new double[_joints.Length];
        for (int k = 0; k < 3; k++)
        {
            var program = new LinearProgram(_joints.Length, _incentives.Count + 1);
            for (int j = 0; j < _joints.Length; j++) program.Objective[j] = random.NextDouble();
            for (int i = 0; i < _incentives.Count; i++) _incentives[i].CopyTo(program.Row(i));
            program.Row(_incentives.Count).Fill(1);
            program.SetRightSide(_incentives.Count, ConstraintKind.Equal, 1);
            Assert.Equal(LinearProgramStatus.Optimal, program.Maximize());
            for (int j = 0; j < mixed.Length; j++) mixed[j] += program.Solution[j] / 3;
        }

        return mixed;
    }

    /// <summary>Every vertex: the sum of 1 and J - 1 of the other constraints hold with equality.</summary>
    public List<double[]> Vertices()
    {
        int n = _joints.Length;
        List<double[]> planes = [.. _incentives, .. Enumerable.Range(0, n).Select(k => Enumerable.Range(0, n).Select(j => j == k ? 1.0 : 0.0).ToArray())];
        var vertices = new List<double[]>();
        var chosen = new int[n - 1];
        void Choose(int place, int first)
        {
            if (place == chosen.Length)
            {
                if (Cross([.. chosen.Select(k => planes[k])]) is { } point) vertices.Add(point);
                return;
            }

            for (int k = first; k < planes.Count; k++)
            {
                chosen[place] = k;
                Choose(place + 1, k + 1);
            }
        }

        Choose(0, 0);
        return vertices;
    }

    private double[]? Cross(double[][] rows)
    {
        int n = _joints.Length;
        double[] matrix = [.. rows.SelectMany(row => row), .. Enumerable.Repeat(1.0, n)], point = [.. Enumerable.Repeat(0.0, n - 1), 1];
        if (!LinearSystem.TrySolve(matrix, point, 1e-12)) return null;
        return point.All(probability => probability > -1e-10) && Violation(point) < 1e-10 ? point : null;
    }
}
