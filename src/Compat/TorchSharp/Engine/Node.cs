using static TorchSharp.torch;

namespace TorchSharp.Engine;

/// <summary>Turns the gradient of an operation's result into those of its inputs and sends them on.</summary>
internal delegate void BackwardRule(Node node, Tensor gradient);

/// <summary>One recorded operation: where its inputs came from, what it saved, and its rule. Counted by its result and by later nodes.</summary>
internal sealed class Node
{
    private static long sequence;

    private readonly BackwardRule? rule;
    private Edge first;
    private Edge second;
    private Edge third;
    private Edge[]? more;
    private Saved saved0;
    private Saved saved1;
    private Saved saved2;
    private Saved saved3;
    private int savedCount;
    private TensorCore? output;
    private int outputVersion;
    private int references = 1;
    private bool freed;

    internal Node(BackwardRule rule) => this.rule = rule;

    /// <summary>The end of the graph at a leaf.</summary>
    internal Node(TensorCore leaf) => Leaf = leaf;

    internal TensorCore? Leaf { get; }

    /// <summary>Order of recording: a node's inputs were recorded before it.</summary>
    internal long Sequence { get; } = Interlocked.Increment(ref sequence);

    // Small operands of rules: what they mean is known to the rule alone.
    internal double Number { get; set; }

    internal long Long0 { get; set; }

    internal long Long1 { get; set; }

    internal object? Extra { get; set; }

    // State of one backward run.
    internal long Run { get; set; }

    internal bool Wanted { get; set; }

    internal TensorCore? Gradient { get; set; }

    /// <summary>The result if it asked to keep its gradient; not counted, the result holds the node.</summary>
    internal TensorCore? Result { get; set; }

    internal int InputCount { get; private set; }

    internal ref Edge Input(int index)
    {
        switch (index)
        {
            case 0: return ref first;
            case 1: return ref second;
            case 2: return ref third;
            default: return ref more![index - 3];
        }
    }

    internal bool Needs(int index)
    {
        Node? next = Input(index).Node;
        return next is not null && Backward.Wants(next);
    }

    internal void AddInput(TensorCore input)
    {
        int index = InputCount++;
        if (index >= 3)
        {
            if (more is null) more = new Edge[4];
            else if (index - 3 >= more.Length) Array.Resize(ref more, more.Length * 2);
        }

        ref Edge edge = ref Input(index);
        edge.Shape = input.Shape;
        edge.Type = input.Type;
        if (input.GradFn is { } made)
        {
            made.Retain();
            edge.Node = made;
        }
        else if (input.LeafRequiresGrad)
        {
            edge.Node = input.Accumulator ??= new Node(input);
        }
    }

    /// <summary>Keeps an input for the rule.</summary>
    internal Node Keep(Tensor? input)
    {
        TensorCore? core = input?.Core.Retain();
        var saved = new Saved(core, core?.Storage.Version ?? 0);
        switch (savedCount++)
        {
            case 0: saved0 = saved; break;
            case 1: saved1 = saved; break;
            case 2: saved2 = saved; break;
            case 3: saved3 = saved; break;
            default: throw new InvalidOperationException("A node keeps four tensors at most.");
        }

        return this;
    }

    internal Node Keep(Tensor? a, Tensor? b) => Keep(a).Keep(b);

    internal Node Keep(Tensor? a, Tensor? b, Tensor? c) => Keep(a).Keep(b).Keep(c);

    /// <summary>Keeps the result for the rule: its memory only, for the result itself holds the node.</summary>
    internal Node KeepOutput(Tensor result)
    {
        output = result.Core.Detached();
        outputVersion = output.Storage.Version;
        return this;
    }

    internal Node With(double number)
    {
        Number = number;
        return this;
    }

    internal Node With(long long0, long long1 = 0)
    {
        Long0 = long0;
        Long1 = long1;
        return this;
    }

    internal Node With(object? extra)
    {
        Extra = extra;
        return this;
    }

    /// <summary>The n-th kept tensor.</summary>
    internal Tensor Kept(int index)
    {
        Saved saved = index switch { 0 => saved0, 1 => saved1, 2 => saved2, _ => saved3 };
        return Unpack(saved.Core, saved.Version);
    }

    /// <summary>The kept result.</summary>
    internal Tensor Output()
    {
        Tensor result = Unpack(output, outputVersion);
        if (!GradMode.Enabled) return result;
        // For gradients of gradients the memory is put back into its place in the graph.
        var again = new TensorCore(output!, output!.Shape, output.Strides, output.Offset) { GradFn = this };
        Retain();
        return new Tensor(again);
    }

    internal void Send(int index, Tensor gradient) => Backward.Deliver(this, index, gradient);

    internal void Apply(Tensor gradient)
    {
        TorchError.Require(!freed, "Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward.");
        rule!(this, gradient);
    }

    /// <summary>Gives up what was saved; the node cannot run again.</summary>
    internal void Free()
    {
        freed = true;
        ReleaseSaved();
    }

    internal void Retain() => Interlocked.Increment(ref references);

    internal void Release()
    {
        if (Leaf is null && Interlocked.Decrement(ref references) == 0) NodeGraveyard.Bury(this);
    }

    /// <summary>Gives up everything it counts.</summary>
    internal void ReleaseAll()
    {
        ReleaseSaved();
        Gradient?.Release();
        Gradient = null;
        for (int i = 0; i < InputCount; i++)
        {
            ref Edge edge = ref Input(i);
            edge.Node?.Release();
            edge.Node = null;
        }
    }

    private void ReleaseSaved()
    {
        saved0.Core?.Release();
        saved1.Core?.Release();
        saved2.Core?.Release();
        saved3.Core?.Release();
        saved0 = saved1 = saved2 = saved3 = default;
        output?.Release();
        output = null;
        Extra = null;
    }

    private static Tensor Unpack(TensorCore? core, int version)
    {
        TorchError.Require(core is not null, "Trying to access saved tensors after they have been freed.");
        int now = core.Storage.Version;
        TorchError.Require(now == version, $"one of the variables needed for gradient computation has been modified by an inplace operation: [torch.{core.Type} {Shapes.Text(core.Shape)}] is at version {now}; expected version {version} instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True).");
        return new Tensor(core.Retain());
    }

    internal struct Edge
    {
        internal Node? Node;
        internal long[] Shape;
        internal ScalarType Type;
    }

    private readonly record struct Saved(TensorCore? Core, int Version);
}
