using VsgGym.Core;

namespace VsgGym.Networks.Tests;

/// <summary>The definitions written out in double precision, loop by loop, for one row at a time.</summary>
internal static class SlowForward
{
    public static double[] Encode(PlayerBlueprint blueprint, SampleInputs inputs, int row)
    {
        double[] x = new double[blueprint.Observation.Length];
        if (blueprint.Observation.Space is BoxSpace box)
            for (int i = 0; i < x.Length; i++)
            {
                double low = box.Low[i], high = box.High[i], value = inputs.Numbers[(row * x.Length) + i];
                x[i] = low < high ? (2 * (value - low) / (high - low)) - 1 : value - low;
            }
        else
            x[inputs.States[row]] = 1;
        return x;
    }

    public static double[] Run(DenseNetwork network, params double[][] parts)
    {
        double[] x = [.. parts.SelectMany(part => part)];
        foreach (var layer in network.Layers)
        {
            double[] y = new double[layer.Outputs];
            for (int o = 0; o < y.Length; o++)
            {
                y[o] = layer.Bias.Span[o];
                for (int i = 0; i < x.Length; i++) y[o] += layer.Weight.Span[(o * x.Length) + i] * x[i];
                if (layer != network.Layers[^1]) y[o] = Math.Max(0, y[o]);
            }

            x = y;
        }

        return x;
    }

    public static double[] Softmax(double[] logits, Func<int, bool>? legal = null)
    {
        double top = logits.Where((_, a) => legal?.Invoke(a) ?? true).Max();
        double[] weights = [.. logits.Select((logit, a) => legal?.Invoke(a) ?? true ? Math.Exp(logit - top) : 0)];
        return [.. weights.Select(w => w / weights.Sum())];
    }

    /// <summary>The parameters of each opponent's head.</summary>
    public static double[][] OpponentParameters(PlayerBlueprint blueprint, double[] observation)
    {
        if (blueprint.OpponentModel is null) return [];
        double[] all = Run(blueprint.OpponentModel, observation);
        int start = 0;
        return [.. blueprint.OpponentActions.Select(head => all[start..(start += head.Parameters)])];
    }

    /// <summary>pi(a|s) as a sum over all joint actions of the opponents.</summary>
    public static double[] Marginal(PlayerBlueprint blueprint, SampleInputs inputs, int row)
    {
        double[] observation = Encode(blueprint, inputs, row);
        double[][] rho = [.. OpponentParameters(blueprint, observation).Select(p => Softmax(p))];
        double[] sum = new double[blueprint.Action.Parameters];
        Func<int, bool>? legal = inputs.Legal.Length == 0 ? null : a => inputs.Legal[(row * sum.Length) + a];
        Visit(0, 1, [observation]);
        return sum;

        void Visit(int opponent, double weight, double[][] parts)
        {
            if (opponent < rho.Length)
            {
                for (int a = 0; a < rho[opponent].Length; a++)
                    Visit(opponent + 1, weight * rho[opponent][a], [.. parts, [.. Enumerable.Range(0, rho[opponent].Length).Select(k => k == a ? 1.0 : 0.0)]]);
                return;
            }

            double[] pi = Softmax(Run(blueprint.Policy, parts), legal);
            for (int a = 0; a < sum.Length; a++) sum[a] += weight * pi[a];
        }
    }

    /// <summary>x = tanh(mu + sigma eps) per axis, and the log density of the action in game units.</summary>
    public static (double[] X, double LogDensity) Squash(BoxSpace box, double[] parameters, double[] noise)
    {
        int n = box.Length;
        double[] x = new double[n];
        double log = 0;
        for (int k = 0; k < n; k++)
        {
            double sigma = Math.Exp(Math.Min(2, Math.Max(-20, parameters[n + k]))) + 0.01, u = parameters[k] + (sigma * noise[k]);
            x[k] = Math.Tanh(u);
            double z = (u - parameters[k]) / sigma;
            log += Math.Log(Math.Exp(-z * z / 2) / (sigma * Math.Sqrt(2 * Math.PI))) - Math.Log(1 - (x[k] * x[k]) + 1e-6) - Math.Log((box.High[k] - box.Low[k]) / 2.0);
        }

        return (x, log);
    }
}
