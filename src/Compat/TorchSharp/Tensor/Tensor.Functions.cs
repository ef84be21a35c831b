using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs()
        {
            Tensor result = Elementwise.Number<AbsOp>(this);
            Tape.Record(result, static (n, g) => n.Send(0, g.mul(n.Kept(0).sign())), this)?.Keep(this);
            return result;
        }

        public Tensor square()
        {
            Tensor result = Elementwise.Number<SquareOp>(this);
            Tape.Record(result, static (n, g) => n.Send(0, g.mul(n.Kept(0)).MulNumber(2, ScalarType.Int64)), this)?.Keep(this);
            return result;
        }

        public Tensor sqrt()
        {
            Tensor result = Elementwise.Float<SqrtOp>(this);
            Tape.Record(result, static (n, g) => n.Send(0, g.div(n.Output().MulNumber(2, ScalarType.Int64))), this)?.KeepOutput(result);
            return result;
        }

        public Tensor rsqrt() => sqrt().reciprocal();

        public Tensor reciprocal()
        {
            Tensor result = Elementwise.Float<ReciprocalOp>(this);
            Tape.Record(result, static (n, g) => n.Send(0, g.mul(n.Output().square()).neg()), this)?.KeepOutput(result);
            return result;
        }

        public Tensor exp()
        {
            Tensor result = Elementwise.Float<ExpOp>(this);
            Tape.Record(result, static (n, g) => n.Send(0, g.mul(n.Output())), this)?.KeepOutput(result);
            return result;
        }

        public Tensor expm1()
        {
            Tensor result = Elementwise.Float<Expm1Op>(this);
            Tape.Record(result, static (n, g) => n.Send(0, g.mul(n.Output().AddNumber(1, ScalarType.Int64))), this)?.KeepOutput(result);
            return result;
        }

        public Tensor log()
        {
            Tensor result = Elementwise.Float<LogOp>(this);
            Tape.Record(result, static (n, g) => n.Send(0, g.div(n.Kept(0))), this)?.Keep(this);
            return result;
        }

        public Tensor log2() => log().DivNumber(Math.Log(2), ScalarType.Float64);

        public Tensor log1p()
        {
            Tensor result = Elementwise.Float<Log1pOp>(this);
            Tape.Record(result, static (n, g) => n.Send(0, g.div(n.Kept(0).AddNumber(1, ScalarType.Int64))), this)?.Keep(this);
            return result;
        }

        public Tensor sin()
        {
            Tensor result = Elementwise.Float<SinOp>(this);
            Tape.Record(result, static (n, g) => n.Send(0, g.mul(n.Kept(0).cos())), this)?.Keep(this);
            return result;
        }

        public Tensor cos()
        {
            Tensor result = Elementwise.Float<CosOp>(this);
            Tape.Record(result, static (n, g) => n.Send(0, g.mul(n.Kept(0).sin()).neg()), this)?.Keep(this);
            return result;
        }

        public Tensor tanh()
        {
            Tensor result = Elementwise.Float<TanhOp>(this);
            Tape.Record(result, static (n, g) => n.Send(0, g.mul(n.Output().square().NumberSub(1, ScalarType.Int64))), this)?.KeepOutput(result);
            return result;
        }

        public Tensor sigmoid()
        {
            Tensor result = Elementwise.Float<SigmoidOp>(this);
            Tape.Record(result, static (n, g) =>
            {
                Tensor y = n.Output();
                n.Send(0, g.mul(y).mul(y.NumberSub(1, ScalarType.Int64)));
            }, this)?.KeepOutput(result);
            return result;
        }

        public Tensor relu()
        {
            Tensor result = Elementwise.Number<ReluOp>(this);
            Tape.Record(result, static (n, g) => n.Send(0, Dense.MaskPositive(g, n.Output())), this)?.KeepOutput(result);
            return result;
        }

        /// <summary>log(1 + exp(beta x)) / beta; x itself where beta x is above the threshold.</summary>
        public Tensor softplus(double beta = 1, double threshold = 20)
        {
            if (beta == 1 && threshold >= 20)
            {
                // Beyond 20 the exact value and x agree to float's last digit; the derivative is the sigmoid.
                Tensor result = Elementwise.Float<SoftplusOp>(this);
                Tape.Record(result, static (n, g) => n.Send(0, g.mul(n.Kept(0).sigmoid())), this)?.Keep(this);
                return result;
            }

            Tensor scaled = MulNumber(beta, ScalarType.Float64);
            return torch.where(scaled.gt(threshold), this, scaled.softplus().DivNumber(beta, ScalarType.Float64));
        }

        public Tensor sign()
        {
            Tensor result = Elementwise.Number<SignOp>(this);
            Tape.Record(result, static (n, g) => n.Send(0, zeros_like(g)), this);
            return result;
        }

        public Tensor floor() => Step(Elementwise.Float<FloorOp>(this));

        public Tensor ceil() => Step(Elementwise.Float<CeilOp>(this));

        public Tensor trunc() => sign().mul(abs().floor());

        public Tensor round(long decimals = 0)
        {
            if (decimals == 0) return Step(Elementwise.Float<RoundOp>(this));
            double scale = Math.Pow(10, decimals);
            return MulNumber(scale, ScalarType.Float64).round().DivNumber(scale, ScalarType.Float64);
        }

        public Tensor isnan() => ne(this);

        public Tensor isfinite() => Types.IsFloat(Core.Type) ? sub(this).eq(0) : ones_like(this, ScalarType.Bool);

        /// <summary>Limits to [min, max]; the gradient passes inside, its ends included.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null)
        {
            TorchError.Require(min is not null || max is not null, "torch.clamp: At least one of 'min' or 'max' must not be None");
            Tensor result = this;
            if (min is not null) result = Elementwise.WithNumber<MaxOp>(result, min.Real, min.Type);
            if (max is not null) result = Elementwise.WithNumber<MinOp>(result, max.Real, max.Type);
            Tape.Record(result, static (n, g) =>
            {
                Tensor x = n.Kept(0);
                var (low, high) = ((double, double))n.Extra!;
                n.Send(0, torch.where(x.ge(low).logical_and(x.le(high)), g, zeros_like(g)));
            }, this)?.Keep(this).With(((object)(min?.Real ?? double.NegativeInfinity, max?.Real ?? double.PositiveInfinity)));
            return result;
        }

        public Tensor clamp(Tensor? min = null, Tensor? max = null)
        {
            Tensor result = this;
            if (min is not null) result = torch.where(result.lt(min), min, result);
            if (max is not null) result = torch.where(result.gt(max), max, result);
            return result;
        }

        public Tensor clamp_min(Scalar min) => clamp(min: min);

        public Tensor clamp_max(Scalar max) => clamp(max: max);

        public Tensor pow(Scalar exponent)
        {
            double e = exponent.Real;
            if (e == 2) return square();
            if (e == 1) return alias();
            if (e == 0.5) return sqrt();
            if (e == -1) return reciprocal();
            Tensor result = Power.Of(this, e, exponent.Type);
            Tape.Record(result, static (n, g) =>
            {
                double p = n.Number;
                n.Send(0, p == 0 ? zeros_like(g) : g.mul(n.Kept(0).pow(p - 1).MulNumber(p, ScalarType.Float32)));
            }, this)?.Keep(this).With(e);
            return result;
        }

        public Tensor pow(Tensor exponent)
        {
            Tensor result = Power.Of(this, exponent);
            Tape.Record(result, static (n, g) =>
            {
                Tensor x = n.Kept(0);
                Tensor e = n.Kept(1);
                if (n.Needs(0)) n.Send(0, torch.where(e.eq(0), zeros_like(g), g.mul(e).mul(x.pow(e.SubNumber(1, ScalarType.Int64)))));
                if (n.Needs(1)) n.Send(1, torch.where(x.eq(0).logical_and(e.ge(0)), zeros_like(g), g.mul(n.Output()).mul(x.log())));
            }, this, exponent)?.Keep(this, exponent).KeepOutput(result);
            return result;
        }

        /// <summary>log(exp a + exp b).</summary>
        public Tensor logaddexp(Tensor other) => maximum(other).add(sub(other).abs().neg().exp().log1p());

        private Tensor Step(Tensor result)
        {
            Tape.Record(result, static (n, g) => n.Send(0, zeros_like(g)), this);
            return result;
        }
    }
}
