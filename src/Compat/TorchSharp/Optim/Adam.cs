using TorchSharp.Engine;
using TorchSharp.Kernels;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Adam (Kingma and Ba 2015), with AMSGrad as an option, in PyTorch's order of arithmetic.</summary>
public class Adam : OptimizerHelper, optim.IBetas
{
    public Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    public Adam(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
    {
        if (lr < 0) throw new ArgumentException($"Invalid learning rate: {lr}");
        if (beta1 < 0 || 1 <= beta1) throw new ArgumentException($"Invalid beta1 value: {beta1}");
        if (beta2 < 0 || 1 <= beta2) throw new ArgumentException($"Invalid beta2 value: {beta2}");
        if (eps < 0) throw new ArgumentException($"Invalid eps value: {eps}");
        if (weight_decay < 0) throw new ArgumentException($"Invalid weight_decay value: {weight_decay}");
        var options = new Options { LearningRate = lr, InitialLearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize };
        _defaults = options;
        foreach (ParamGroup group in parameters) add_param_group(group);
    }

    public (double, double) Betas
    {
        get => (((Options)_defaults).beta1!.Value, ((Options)_defaults).beta2!.Value);
        set => (((Options)_defaults).beta1, ((Options)_defaults).beta2) = value;
    }

    public override Tensor? step(Func<Tensor>? closure = null)
    {
        Tensor? loss = Loss(closure);
        foreach ((Modules.ParamGroup group, (Parameter Parameter, OptimizerState State)[] members) in Walk)
        {
            var options = (Options)group.Options;
            foreach ((Parameter parameter, OptimizerState state) in members)
            {
                if (parameter.Core.Grad is { } gradient) Step(parameter.Core, gradient, (State)state, options);
            }
        }

        return loss;
    }

    public override void add_param_group(Modules.ParamGroup param_group)
    {
        var defaults = (Options)_defaults;
        param_group.Options ??= new Options();
        var options = (Options)param_group.Options;
        options.LearningRate ??= defaults.LearningRate;
        options.beta1 ??= defaults.beta1;
        options.beta2 ??= defaults.beta2;
        options.eps ??= defaults.eps;
        options.weight_decay ??= defaults.weight_decay;
        options.amsgrad ??= defaults.amsgrad;
        options.maximize ??= defaults.maximize;
        Register(param_group, static parameter => new State(parameter));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        foreach (OptimizerState state in state_dict().State) ((State)state).Dispose();
    }

    private static void Step(TensorCore parameter, TensorCore gradient, State state, Options options)
    {
        state.step++;
        double beta1 = options.beta1!.Value;
        double beta2 = options.beta2!.Value;
        if (options.amsgrad == true || options.maximize == true || !parameter.Contiguous)
        {
            Plainly(parameter, gradient, state, options);
            return;
        }

        TensorCore g = Engine.Convert.Dense(gradient, parameter.Type);
        var c = new AdamCoefficients(beta1, beta2, options.LearningRate!.Value / (1 - Math.Pow(beta1, state.step)), 1 / Math.Sqrt(1 - Math.Pow(beta2, state.step)), options.eps!.Value, options.weight_decay!.Value);
        TensorCore m = state.exp_avg.Core;
        TensorCore v = state.exp_avg_sq.Core;
        if (parameter.Type == ScalarType.Float32) AdamKernel.Step(parameter.Span<float>(), g.Span<float>(), m.Span<float>(), v.Span<float>(), c);
        else AdamKernel.Step(parameter.Span<double>(), g.Span<double>(), m.Span<double>(), v.Span<double>(), c);
        g.Release();
        parameter.Storage.Version++;
    }

    // The same step in tensor operations, for the rarer options.
    private static void Plainly(TensorCore core, TensorCore gradient, State state, Options options)
    {
        using IDisposable mode = no_grad();
        using DisposeScope scope = NewDisposeScope();
        var parameter = new Tensor(core.Retain());
        Tensor g = new(gradient.Retain());
        if (options.maximize == true) g = -g;
        if (options.weight_decay != 0) g = g.add(parameter, options.weight_decay!.Value);
        double beta1 = options.beta1!.Value;
        double beta2 = options.beta2!.Value;
        state.exp_avg.mul_(beta1).add_(g, 1 - beta1);
        state.exp_avg_sq.mul_(beta2).addcmul_(g, g, 1 - beta2);
        if (options.amsgrad == true) state.max_exp_avg_sq!.copy_(maximum(state.max_exp_avg_sq, state.exp_avg_sq));
        Tensor second = options.amsgrad == true ? state.max_exp_avg_sq! : state.exp_avg_sq;
        Tensor denominator = (second.sqrt() / Math.Sqrt(1 - Math.Pow(beta2, state.step))).add_(options.eps!.Value);
        parameter.addcdiv_(state.exp_avg, denominator, -options.LearningRate!.Value / (1 - Math.Pow(beta1, state.step)));
    }

    /// <summary>Options of a group; those left null are taken from the optimizer.</summary>
    public class Options : OptimizerOptions
    {
        public double? beta1;
        public double? beta2;
        public double? weight_decay;
        public double? eps;
        public bool? amsgrad;
        public bool? maximize;

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (beta1, beta2, eps, weight_decay, amsgrad, maximize) = (other.beta1, other.beta2, other.eps, other.weight_decay, other.amsgrad, other.maximize);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            beta1 = reader.ReadDouble();
            beta2 = reader.ReadDouble();
            eps = reader.ReadDouble();
            weight_decay = reader.ReadDouble();
            amsgrad = reader.ReadBoolean();
            maximize = reader.ReadBoolean();
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            writer.Write(beta1!.Value);
            writer.Write(beta2!.Value);
            writer.Write(eps!.Value);
            writer.Write(weight_decay!.Value);
            writer.Write(amsgrad!.Value);
            writer.Write(maximize!.Value);
        }
    }

    /// <summary>Parameters with options of their own.</summary>
    public class ParamGroup : ParamGroup<Options>, optim.IBetas
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options)
            : base(parameters, options)
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(parameters, new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize })
        {
        }

        public (double, double) Betas
        {
            get => (Options.beta1!.Value, Options.beta2!.Value);
            set => (Options.beta1, Options.beta2) = value;
        }
    }

    /// <summary>Step count and moments of one parameter.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        public long step;
        public Tensor exp_avg = null!;
        public Tensor exp_avg_sq = null!;
        public Tensor? max_exp_avg_sq;

        public State(Parameter parameter)
            : base(parameter)
        {
        }

        public void Dispose()
        {
            exp_avg.Dispose();
            exp_avg_sq.Dispose();
            max_exp_avg_sq?.Dispose();
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            step = reader.ReadInt64();
            exp_avg.Load(reader);
            exp_avg_sq.Load(reader);
            LoadConditionalStateTensor(reader, ref max_exp_avg_sq);
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(step);
            exp_avg.Save(writer);
            exp_avg_sq.Save(writer);
            SaveConditionalStateTensor(writer, max_exp_avg_sq);
        }

        public override void LoadStateDict(OptimizerState source)
        {
            var other = (State)source;
            step = other.step;
            Replace(ref exp_avg!, other.exp_avg);
            Replace(ref exp_avg_sq!, other.exp_avg_sq);
            Replace(ref max_exp_avg_sq, other.max_exp_avg_sq);
        }

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State rhs && step == rhs.step && exp_avg.allclose(rhs.exp_avg) && exp_avg_sq.allclose(rhs.exp_avg_sq) && (max_exp_avg_sq is null || max_exp_avg_sq.allclose(rhs.max_exp_avg_sq!));

        public override void Initialize(OptimizerOptions options)
        {
            exp_avg?.Dispose();
            exp_avg_sq?.Dispose();
            max_exp_avg_sq?.Dispose();
            step = 0;
            exp_avg = zeros_like(_parameter).DetachFromDisposeScope();
            exp_avg_sq = zeros_like(_parameter).DetachFromDisposeScope();
            max_exp_avg_sq = ((Options)options).amsgrad == true ? zeros_like(_parameter).DetachFromDisposeScope() : null;
        }
    }
}
